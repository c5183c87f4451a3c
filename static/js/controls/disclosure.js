// @ts-check
/** A button that shows and hides what comes after it. */

import { all, h, setAttribute, uniqueId } from '../core/dom.js';
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

/** Shows what is hidden behind a button but has something wrong. @param {HTMLElement} root */
export function revealFaults(root) {
  for (const button of all(root, '.disclosure[aria-expanded="false"]')) {
    const body = document.getElementById(button.getAttribute('aria-controls') ?? '');
    if (body?.querySelector('.fault:not([hidden])')) button.click();
  }
}
