// @ts-check
/** A button that shows and hides what comes after it. */

import { h, setAttribute, uniqueId } from '../core/dom.js';
import { icon } from './icons.js';

/** @param {string} title @param {HTMLElement} body @param {(open: boolean) => void} [onToggle] */
export function createDisclosure(title, body, onToggle) {
  body.id ||= uniqueId('more');
  body.hidden = true;
  const button = h('button', { class: 'disclosure', type: 'button', 'aria-expanded': 'false', 'aria-controls': body.id }, icon('chevron'), title);
  button.addEventListener('click', () => {
    body.hidden = !body.hidden;
    setAttribute(button, 'aria-expanded', String(!body.hidden));
    onToggle?.(!body.hidden);
  });
  return button;
}
