// @ts-check
/** The entry of the race nearest to the pointer: its numbers in a tip, a ring around it on the canvas. */

import { drawHover } from '../drawing/marks.js';
import { createTooltip } from '../drawing/tooltip.js';
import { nearestPoint } from './tracks.js';

/** @typedef {import('../../core/types.js').Race} Race */
/** @typedef {import('./tracks.js').Track} Track */

const REACH = 14; // px

/** @param {HTMLElement} host @param {(...entry: Parameters<import('../drawing/tooltip.js').EntryTip>) => import('../drawing/tooltip.js').Tip|null} describe what the tip of an entry says */
export function createHover(host, describe) {
  const tooltip = createTooltip(host);
  /** @type {ReturnType<typeof nearestPoint>} */
  let found = null;
  return {
    /** Looks around a place, NaN for none; true if what is on the canvas has changed. @param {Race|null} race @param {Track[]} tracks */
    look(race, tracks, /** @type {number} */ x, /** @type {number} */ y) {
      const before = found;
      found = race && nearestPoint(tracks, x, y, REACH);
      const tip = race && found && describe(race, found.index, found.step, found.track.look.colour);
      if (tip && found) tooltip.show(tip, found.x, found.y);
      else tooltip.hide();
      return found?.index !== before?.index || found?.step !== before?.step;
    },
    clear() {
      found = null;
      tooltip.hide();
    },
    /** @param {CanvasRenderingContext2D} context */
    paint(context) {
      if (found) drawHover(context, found.track.look.colour, found.x, found.y);
    },
  };
}
