// @ts-check
/** One quiet line under the rail: what the param that is pointed at, or has the focus, does. */

import { byId, setText } from '../core/dom.js';

const WELCOME = 'Point at a control to read what turning it up does. Double-click a slider to reset it.';

/** @param {HTMLElement} root */
export function createHint(root) {
  const line = byId(root, 'hint');
  setText(line, WELCOME);
  const show = (/** @type {Event} */ event) => {
    const param = /** @type {Element} */ (event.target).closest('.param');
    const help = param?.querySelector('.help')?.textContent;
    const note = param?.querySelector('.note')?.textContent;
    if (help) setText(line, note ? `${help} ${note}` : help);
  };
  root.addEventListener('pointerover', show);
  root.addEventListener('focusin', show);
}
