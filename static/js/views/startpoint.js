// @ts-check
/** The start on the flat stage: taken hold of, moved by keys, or put where somebody clicks. Told in units of the plane. */

import { rounded } from './camera2d.js';
import { nearestInside } from './clip.js';
import { createHandle } from './handle.js';

/** @typedef {import('./handle.js').Phase} Phase */
/** The present map from the plane to the screen. @typedef {{plane: ReturnType<typeof import('./camera2d.js').projection>, box: import('./camera2d.js').Box}} Shown */

const NUDGE = 2; // px that an arrow key moves the start

/** @param {HTMLElement} host @param {Shown} shown  read whenever something moves @param {(x: number, y: number, phase: Phase) => void} onStart */
export function createStartPoint(host, shown, onStart) {
  /** @type {[number, number]|null} */
  let start = null;
  const tell = (/** @type {number} */ x, /** @type {number} */ y, /** @type {Phase} */ phase) => {
    const { unit } = shown.plane;
    if (start) onStart(rounded(x, unit), rounded(y, unit), phase);
  };
  const tellPlace = (/** @type {number} */ px, /** @type {number} */ py, /** @type {Phase} */ phase) => {
    const { x, y } = nearestInside(shown.box, px, py);
    tell(shown.plane.fromX(x), shown.plane.fromY(y), phase);
  };
  const nudge = (/** @type {number} */ dx, /** @type {number} */ dy, /** @type {Phase} */ phase) => {
    const step = NUDGE * shown.plane.unit;
    if (start) tell(start[0] + dx * step, start[1] + dy * step, phase);
  };
  const handle = createHandle(host, { dragTo: tellPlace, nudge });
  const place = () => {
    handle.el.hidden = start === null;
    if (start) handle.place(start, shown.plane.toX(start[0]), shown.plane.toY(start[1]), shown.box);
  };
  return {
    /** @param {[number, number]|null} next  null: nothing to take hold of */
    set: (next) => {
      start = next;
      place();
    },
    place,
    tellPlace,
  };
}
