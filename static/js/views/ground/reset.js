// @ts-check
/** The way back to the whole view, there only while the view is another. */

import { say } from '../../core/words.js';
import { addElement } from '../drawing/layer.js';

/** @param {HTMLElement} host @param {() => void} act */
export function createReset(host, act) {
  const el = addElement(host, 'button', 'plot-reset');
  el.setAttribute('type', 'button');
  el.textContent = say('ground.reset');
  el.title = say('ground.reset-told');
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
