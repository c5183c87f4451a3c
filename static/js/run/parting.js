// @ts-check
/** Where the picture of a plane parts from the truth, along the paths that are drawn on it. */

/** @typedef {import('../core/types.js').Plane} Plane */

/** The losses part where they differ by more than this share of the larger one. */
export const PART = 0.05;

/** The entry of a plane nearest to a step. @param {number[]} entries ascending @param {number} step @returns {number} its place in the list */
export function nearestEntry(entries, step) {
  let low = 0;
  let high = entries.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (entries[middle] < step) low = middle + 1;
    else high = middle;
  }
  return low > 0 && step - entries[low - 1] <= entries[low] - step ? low - 1 : low;
}

/** How far two losses are apart, as a share of the larger; 1 where only one is a number. @param {number|null} loss @param {number|null} shown */
export function apart(loss, shown) {
  const [a, b] = [loss ?? NaN, shown ?? NaN];
  if (Number.isFinite(a) !== Number.isFinite(b)) return 1;
  const larger = Math.max(Math.abs(a), Math.abs(b));
  return larger > 0 ? Math.abs(a - b) / larger : 0;
}

/**
 * What a plane says of one trajectory near a step.
 * @param {Plane} plane @param {number} index @param {number} step
 */
export function onPlane(plane, index, step) {
  const { points, distance, loss, shown } = plane.trajectories[index];
  const place = Math.min(nearestEntry(plane.entries, step), points.length - 1);
  return {
    step: plane.entries[place],
    point: points[place],
    distance: distance[place],
    loss: loss[place],
    shown: shown[place],
    apart: apart(loss[place], shown[place]),
  };
}
