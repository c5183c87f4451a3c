// @ts-check
/** What paths are drawn on: a surface, or a plane through weight space. Pure. */

import { planeTip, surfaceTip } from './tooltip.js';

/** @typedef {import('../core/types.js').Plane} Plane */
/** @typedef {import('../core/types.js').Surface} Surface */

/**
 * @typedef {Object} Ground
 * @property {string} id  equal for grounds that are the same place
 * @property {string} label  what a picture of it shows, in words
 * @property {import('../core/types.js').Range} window
 * @property {import('../core/types.js').Point[]} points  that are known
 * @property {number|null} lowest  the loss that a logarithmic scale measures from; null: the lowest seen
 * @property {boolean} log
 * @property {number} detail  samples a side that a picture of its window needs
 * @property {[string, string]} axes
 * @property {import('./tooltip.js').EntryTip} tip  of one entry of a path
 */

/** @param {Surface} surface @returns {Ground} */
export function surfaceGround({ id, title, window, points, log, detail }) {
  const known = points.filter((point) => point.kind === 'global').map((point) => point.value);
  return {
    id,
    label: `Paths of the optimizers on the surface ${title}`,
    window,
    points,
    lowest: known.length ? Math.min(...known) : null,
    log,
    detail,
    axes: ['x', 'y'],
    tip: surfaceTip,
  };
}

/** A loss is never below 0. @param {Plane} plane @returns {Ground} */
export function planeGround(plane) {
  return {
    id: JSON.stringify([plane.plane, plane.axes]),
    label: `Paths of the optimizers on a plane through weight space: ${plane.axes.join(' and ')}`,
    window: plane.window,
    points: [],
    lowest: 0,
    log: plane.log,
    detail: plane.resolution,
    axes: plane.axes,
    tip: planeTip,
  };
}
