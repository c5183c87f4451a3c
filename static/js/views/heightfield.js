// @ts-check
/** The surface as Plotly draws it: levels on a regular grid, linear between its nodes. */

/** @typedef {import('../core/types.js').Field} Field */
/** @typedef {import('./levels.js').Levels} Levels */
/** @typedef {{x: [number, number], y: [number, number], top: number, at: (x: number, y: number) => number}} HeightField at: NaN outside */

/** Of the height: how far under the surface a point still counts as on it. */
export const LIFT = 0.012;

const SAMPLES = 40; // places on a line of sight at which the hill is looked for

/** @param {Field} field @param {(number|null)[][]} grid levels held inside [low, high] @param {number} top @returns {HeightField} */
export function createHeightField(field, grid, top) {
  const columns = field.x.length;
  const rows = field.y.length;
  const flat = Float64Array.from(grid.flat(), (level) => level ?? NaN);
  const [x0, x1] = [field.x[0], field.x[columns - 1]];
  const [y0, y1] = [field.y[0], field.y[rows - 1]];
  const [kx, ky] = [(columns - 1) / (x1 - x0), (rows - 1) / (y1 - y0)];
  const at = (/** @type {number} */ x, /** @type {number} */ y) => {
    if (!(x >= x0 && x <= x1 && y >= y0 && y <= y1)) return NaN;
    const u = (x - x0) * kx;
    const v = (y - y0) * ky;
    const column = Math.min(Math.floor(u), columns - 2);
    const row = Math.min(Math.floor(v), rows - 2);
    const place = row * columns + column;
    const [right, up] = [u - column, v - row];
    const below = flat[place] + right * (flat[place + 1] - flat[place]);
    const above = flat[place + columns] + right * (flat[place + columns + 1] - flat[place + columns]);
    return below + up * (above - below);
  };
  return { x: [x0, x1], y: [y0, y1], top, at };
}

/**
 * Whether the surface lies between a point on it and the eye: walks from the point towards the eye until it is outside
 * the window or above everything. Points less than `lift` under the surface count as on it.
 * @param {HeightField} heights @param {readonly number[]} eye in the units of the field
 */
export function isHidden(heights, eye, /** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ level, /** @type {number} */ lift) {
  const [dx, dy, dz] = [eye[0] - x, eye[1] - y, eye[2] - level];
  const leave = Math.min(exit(x, dx, heights.x), exit(y, dy, heights.y), dz > 0 ? (heights.top - level) / dz : 1, 1);
  for (let sample = 1; sample <= SAMPLES; sample += 1) {
    const share = leave * (sample / SAMPLES) ** 1.5; // denser near the point, where grazing hills hide it
    if (heights.at(x + share * dx, y + share * dy) > level + share * dz + lift) return true;
  }
  return false;
}

/** The share of the way at which a coordinate leaves its span. @param {number} from @param {number} by @param {[number, number]} span */
function exit(from, by, span) {
  if (by === 0) return 1;
  return ((by > 0 ? span[1] : span[0]) - from) / by;
}
