// @ts-check
/** Keeping lines inside a box, so that a run that shot away to 1e12 still draws the part that can be seen. */

/** @typedef {import('./camera.js').Box} Box */

const FAR = 1e12; // pixels: beyond it, differences of coordinates are no longer exact enough to clip

/** Ends of the last clipped segment, reused because this runs thousands of times a frame. */
export const segment = { ax: 0, ay: 0, bx: 0, by: 0 };

/** A coordinate that arithmetic survives. @param {number} value */
export function tame(value) {
  return Math.max(-FAR, Math.min(FAR, value));
}

/** @param {Box} box */
export function contains(box, /** @type {number} */ x, /** @type {number} */ y) {
  return x >= box.left && x <= box.left + box.width && y >= box.top && y <= box.top + box.height;
}

/** The place inside the box that is nearest to another. @param {Box} box */
export function nearestInside(box, /** @type {number} */ x, /** @type {number} */ y) {
  return {
    x: Math.max(box.left, Math.min(x, box.left + box.width)),
    y: Math.max(box.top, Math.min(y, box.top + box.height)),
  };
}

/** The box grown by `margin` on every side. @param {Box} box @returns {Box} */
export function grown(box, /** @type {number} */ margin) {
  return {
    left: box.left - margin,
    top: box.top - margin,
    width: box.width + 2 * margin,
    height: box.height + 2 * margin,
  };
}

/**
 * Cuts a segment to a box (Liang and Barsky 1984) and leaves it in `segment`; false where nothing is inside.
 * @param {Box} box @returns {boolean}
 */
export function clipSegment(box, /** @type {number} */ ax, /** @type {number} */ ay, /** @type {number} */ bx, /** @type {number} */ by) {
  const dx = bx - ax;
  const dy = by - ay;
  if (Number.isNaN(dx + dy)) return false;
  let enter = 0;
  let leave = 1;
  const rates = [-dx, dx, -dy, dy];
  const rooms = [ax - box.left, box.left + box.width - ax, ay - box.top, box.top + box.height - ay];
  for (let side = 0; side < 4; side += 1) {
    if (rates[side] === 0 && rooms[side] < 0) return false;
    const cut = rooms[side] / rates[side];
    if (rates[side] < 0) enter = Math.max(enter, cut);
    if (rates[side] > 0) leave = Math.min(leave, cut);
  }
  if (!(enter <= leave)) return false;
  segment.ax = ax + enter * dx;
  segment.ay = ay + enter * dy;
  segment.bx = leave === 1 ? bx : ax + leave * dx;
  segment.by = leave === 1 ? by : ay + leave * dy;
  return true;
}

/**
 * Where the line from the box's middle to a point outside crosses the border, `inset` pixels inside, and its angle.
 * @param {Box} box
 */
export function borderPoint(box, /** @type {number} */ x, /** @type {number} */ y, inset = 6) {
  const middleX = box.left + box.width / 2;
  const middleY = box.top + box.height / 2;
  const angle = Math.atan2(y - middleY, x - middleX);
  clipSegment(grown(box, -inset), middleX, middleY, tame(x), tame(y));
  return { x: segment.bx, y: segment.by, angle };
}
