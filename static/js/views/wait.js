// @ts-check
/** A calm word in place of a picture that is not known yet. */

import { addElement } from './layer.js';

/** @param {HTMLElement} host */
export function createWait(host) {
  const el = addElement(host, 'p', 'pane-wait');
  el.hidden = true;
  return {
    /** @param {string} text '' shows the picture */
    update(text) {
      if (el.textContent !== text) el.textContent = text;
      el.hidden = text === '';
      host.classList.toggle('is-waiting', text !== '');
    },
  };
}
