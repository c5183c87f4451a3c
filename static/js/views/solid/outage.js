// @ts-check
/**
 * A scene without WebGL: it was never there, or the browser takes it away while the page is open, as when a driver starts
 * anew, a laptop wakes up, or another page needs all of it. What was drawn is then gone, and is drawn again at once; if
 * that cannot be, or it is soon gone again, a sentence with a button stands in its place.
 */

import { say } from '../../core/words.js';
import { addElement } from '../drawing/layer.js';
import { hasWebgl } from '../plotly.js';

const NONE = say('solid.no-webgl');
const LOST = say('solid.lost');
const SOON = 60_000; // ms: what is lost again in this time would be lost over and over

/** @param {HTMLElement} host @param {() => void} draw */
export function createOutage(host, draw) {
  const note = addElement(host, 'div', 'plot-note');
  const words = addElement(note, 'p', '');
  const button = addElement(note, 'button', 'button');
  button.textContent = say('solid.again');
  words.setAttribute('role', 'status');
  note.hidden = true;
  let [lost, waits] = [-Infinity, false];
  const tell = (/** @type {string} */ text) => {
    note.hidden = false;
    words.textContent = text;
  };
  /** Whether it may be drawn: there is something to draw with, and no hand is waited for; says so where there is not. */
  const ready = () => {
    if (waits) return false;
    const able = hasWebgl();
    if (!able) tell(NONE);
    note.hidden = able;
    return able;
  };
  /** What was drawn has been lost. */
  const begin = () => {
    waits = performance.now() - lost < SOON;
    lost = performance.now();
    if (waits) tell(LOST);
    else draw();
  };
  button.addEventListener('click', () => {
    waits = false;
    draw();
    // The button may be gone.
    if (note.hidden) /** @type {HTMLElement|null} */ (host.closest('[tabindex]'))?.focus();
  });
  return { ready, begin, tell: () => tell(NONE) };
}
