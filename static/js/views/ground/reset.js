// @ts-check
/** The way back to the whole view, there only while the view is another. */

import { addElement } from '../drawing/layer.js';

/** @param {HTMLElement} host @param {() => void} act */
export function createReset(host, act) {
  const el = addElement(host, 'button', 'plot-reset');
  el.setAttribute('type', 'button');
  el.textContent = 'Reset view';
  el.title = 'Show the whole surface again (0, or a double click)';
  el.hidden = true;
  el.addEventListener('click', act);
  return {
    el,
    /** @param {boolean} needed */
    show(needed) {
      el.hidden = !needed;
    },
  };
}
