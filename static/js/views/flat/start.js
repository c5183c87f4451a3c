// @ts-check
/** The start on the flat stage: taken hold of, moved with the arrow keys (Shift: ten times as far), or put where somebody clicks. */

import { formatNumber } from '../../core/format.js';
import { say } from '../../core/words.js';
import { rounded } from '../drawing/camera.js';
import { borderPoint, contains, nearestInside } from '../drawing/clip.js';
import { addElement } from '../drawing/layer.js';

/** @typedef {'move'|'end'} Phase */
/** @typedef {{dragTo: (px: number, py: number, phase: Phase) => void, nudge: (dx: number, dy: number, phase: Phase) => void}} Moves */
/** The present map from the plane to the screen. @typedef {{plane: ReturnType<typeof import('../drawing/camera.js').projection>, box: import('../drawing/camera.js').Box}} Shown */

/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const COARSE = 10;
const EDGE = 16; // px from the border, for a start that lies outside
const NUDGE = 2; // px that an arrow key moves the start

/** @param {HTMLElement} host @param {Moves} moves */
function createHandle(host, moves) {
  const el = addElement(host, 'div', 'plot-start');
  el.tabIndex = 0;
  el.setAttribute('role', 'slider');
  el.setAttribute('aria-label', say('start.name'));
  el.setAttribute('aria-roledescription', say('start.role'));
  el.dataset.hint = say('start.hint');
  el.hidden = true;
  listenToPointer(el, host, moves);
  listenToKeys(el, moves);
  return {
    el,
    /** At the border where the start lies outside. @param {[number, number]} start in the surface's units @param {import('../drawing/camera.js').Box} box */
    place(start, /** @type {number} */ px, /** @type {number} */ py, box) {
      const inside = contains(box, px, py);
      const at = inside ? { x: px, y: py } : borderPoint(box, px, py, EDGE);
      el.hidden = false;
      el.style.transform = `translate(${at.x}px, ${at.y}px)`;
      el.dataset.side = at.x > box.left + box.width / 2 ? 'left' : 'right';
      el.toggleAttribute('data-below', at.y < 2 * EDGE + box.top);
      el.toggleAttribute('data-outside', !inside);
      el.setAttribute('aria-valuenow', String(start[0]));
      const values = { x: formatNumber(start[0]), y: formatNumber(start[1]) };
      el.setAttribute('aria-valuetext', say(inside ? 'start.at' : 'start.outside', values));
    },
  };
}

/** @param {HTMLElement} el @param {HTMLElement} host @param {Moves} moves */
function listenToPointer(el, host, moves) {
  let grip = { x: 0, y: 0 };
  const at = (/** @type {PointerEvent} */ event, /** @type {Phase} */ phase) => {
    const box = host.getBoundingClientRect();
    moves.dragTo(event.clientX - box.left - grip.x, event.clientY - box.top - grip.y, phase);
  };
  el.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    const own = el.getBoundingClientRect();
    grip = { x: event.clientX - own.left - own.width / 2, y: event.clientY - own.top - own.height / 2 };
    el.setPointerCapture(event.pointerId);
    delete el.dataset.hint;
    el.classList.add('is-held');
    event.stopPropagation();
  });
  el.addEventListener('pointermove', (event) => {
    if (el.hasPointerCapture(event.pointerId)) at(event, 'move');
  });
  const release = (/** @type {PointerEvent} */ event) => {
    if (!el.classList.contains('is-held')) return;
    el.classList.remove('is-held');
    at(event, 'end');
  };
  el.addEventListener('pointerup', release);
  el.addEventListener('pointercancel', release);
}

/** @param {HTMLElement} el @param {Moves} moves */
function listenToKeys(el, moves) {
  const step = (/** @type {KeyboardEvent} */ event) => {
    const arrow = ARROWS[event.key];
    const factor = event.shiftKey ? COARSE : 1;
    return arrow && !event.ctrlKey && !event.metaKey && !event.altKey ? [arrow[0] * factor, arrow[1] * factor] : null;
  };
  el.addEventListener('keydown', (event) => {
    const by = step(event);
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    moves.nudge(by[0], by[1], 'move');
  });
  el.addEventListener('keyup', (event) => {
    if (step(event)) moves.nudge(0, 0, 'end');
  });
}

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
