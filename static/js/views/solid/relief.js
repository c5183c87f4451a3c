// @ts-check
/** A field as something with heights: what Plotly draws, what paths are laid over, and what lies hidden behind it. Pure. */

import { levelGrid, levelsOf, steadyLevels } from '../ground/levels.js';

/** @typedef {import('../../core/types.js').Field} Field */
/** @typedef {import('../../core/types.js').Range} Range */
/** @typedef {import('../ground/ground.js').Ground} Ground */
/** @typedef {import('../ground/levels.js').Levels} Levels */
/** @typedef {{x: [number, number], y: [number, number], top: number, at: (x: number, y: number) => number}} HeightField at: NaN outside */
/** @typedef {{field: Field, grid: (number|null)[][], levels: Levels, axes: [string, string], heights: HeightField}} Relief */

/** Of the height: how far under the surface a point still counts as on it. */
export const LIFT = 0.012;

const SAMPLES = 40; // places on a line of sight at which the hill is looked for
const PIECE = 0.03; // of the window: longer steps are laid over the surface in pieces
const PIECES = 16;

/** The surface as Plotly draws it: linear between the nodes of its grid. @param {Field} field @param {(number|null)[][]} grid levels held inside [low, high] @param {number} top @returns {HeightField} */
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

/** @param {Field} field @param {Ground} ground @param {Relief|null} coarser  the same with fewer samples, whose scale stays where it can @returns {Relief} */
export function createRelief(field, ground, coarser) {
  const wanted = levelsOf(field, ground);
  const levels = coarser ? steadyLevels(coarser.levels, wanted) : wanted;
  const held = (/** @type {number|null} */ level) => (level === null ? null : Math.min(level, levels.high));
  const grid = levelGrid(field, levels).map((row) => row.map(held));
  return { field, grid, levels, axes: ground.axes, heights: createHeightField(field, grid, levels.high) };
}

/** In how many pieces the way from a to b is laid over the surface. @param {Range} range */
export function piecesBetween({ x, y }, /** @type {number} */ ax, /** @type {number} */ ay, /** @type {number} */ bx, /** @type {number} */ by) {
  const length = Math.max(Math.abs(bx - ax) / (x[1] - x[0]), Math.abs(by - ay) / (y[1] - y[0]));
  return Math.min(PIECES, Math.max(1, Math.ceil(length / PIECE)));
}
