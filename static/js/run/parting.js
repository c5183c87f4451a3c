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

/** The place nearest to `place` at which the losses were measured; itself where there is none. @param {import('../core/modeltypes.js').PlanePath} path @param {number} place */
function nearestMeasured({ loss, shown }, place) {
  for (let off = 0; off < loss.length; off += 1) {
    for (const at of [place - off, place + off]) if ((loss[at] ?? shown[at] ?? null) !== null) return at;
  }
  return place;
}

/**
 * What a plane says of one trajectory near a step. measured: the entry that its losses are of, which may be another.
 * @param {Plane} plane @param {number} index @param {number} step
 */
export function onPlane(plane, index, step) {
  const path = plane.trajectories[index];
  const { points, distance, loss, shown } = path;
  const place = Math.min(nearestEntry(plane.entries, step), points.length - 1);
  const measured = nearestMeasured(path, place);
  return {
    step: plane.entries[place],
    point: points[place],
    distance: distance[place],
    measured: plane.entries[measured],
    loss: loss[measured],
    shown: shown[measured],
    apart: apart(loss[measured], shown[measured]),
  };
}
