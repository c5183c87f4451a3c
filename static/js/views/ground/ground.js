// @ts-check
/** What paths are drawn on: a surface, or a plane through weight space. Pure. */

import { say } from '../../core/words.js';
import { fieldTip, planeTip } from '../drawing/tooltip.js';

const LEAST_SIDE = 0.5; // of the other side

/** @typedef {import('../../core/types.js').Plane} Plane */
/** @typedef {import('../../core/types.js').Profile} Profile */

/**
 * @typedef {Object} Ground
 * @property {string} id  equal for grounds that are the same place
 * @property {string} label  what a picture of it shows, in words
 * @property {import('../../core/types.js').Range} window
 * @property {import('../../core/types.js').Point[]} points  that are known
 * @property {number|null} lowest  the loss that a logarithmic scale measures from; null: the lowest seen
 * @property {boolean} log
 * @property {number} detail  samples a side that a picture of its window needs
 * @property {[string, string]} axes
 * @property {import('../drawing/tooltip.js').EntryTip} tip  of one entry of a path
 */

/** @param {Profile} profile @param {NonNullable<Profile['field']>} field @returns {Ground} */
export function fieldGround({ id, title, lowest }, field) {
  return { ...field, id, label: say('ground.surface', { surface: title }), lowest, tip: fieldTip };
}

/** A window whose sides are not too different to be looked at from the side. @param {import('../../core/types.js').Range} window */
function roomy({ x, y }) {
  const least = LEAST_SIDE * Math.max(x[1] - x[0], y[1] - y[0]);
  return { x: widened(x, least), y: widened(y, least) };
}

/** @param {[number, number]} span @param {number} least @returns {[number, number]} */
function widened([low, high], least) {
  const more = Math.max(0, least - (high - low)) / 2;
  return [low - more, high + more];
}

/** A loss is never below 0. @param {Plane} plane @returns {Ground} */
export function planeGround(plane) {
  return {
    id: JSON.stringify([plane.plane, plane.axes]),
    label: say('ground.plane', { x: plane.axes[0], y: plane.axes[1] }),
    window: roomy(plane.window),
    points: [],
    lowest: 0,
    log: plane.log,
    detail: plane.resolution,
    axes: plane.axes,
    tip: planeTip,
  };
}
