// @ts-check
/** A button that shows and hides what comes after it. */

import { all, h, setAttribute, setHidden, uniqueId } from '../../core/dom.js';
import { icon } from './icons.js';

/** @typedef {{button: HTMLElement, body: HTMLElement}} Disclosure */

/** @param {Disclosure} disclosure @param {boolean} open */
function setOpen({ button, body }, open) {
  setHidden(body, !open);
  setAttribute(button, 'aria-expanded', String(open));
}

/** @param {Disclosure} disclosure */
function disclose({ button, body }) {
  body.id ||= uniqueId('more');
  button.dataset.discloses = '';
  setAttribute(button, 'aria-controls', body.id);
  setOpen({ button, body }, false);
  button.addEventListener('click', () => setOpen({ button, body }, body.hidden === true));
}

/** @param {string} title @param {HTMLElement} body */
export function createDisclosure(title, body) {
  const button = h('button', { class: 'disclosure', type: 'button' }, icon('chevron'), title);
  disclose({ button, body });
  return button;
}

/** Who opens one of these closes the others. @param {Disclosure[]} disclosures */
export function discloseOne(disclosures) {
  for (const one of disclosures) {
    disclose(one);
    one.button.addEventListener('click', () => {
      if (!one.body.hidden) for (const other of disclosures) setOpen(other, other === one);
    });
  }
}

/** Shows what is hidden behind a button but has something wrong, and closes nothing that is in use for that. @param {HTMLElement} root */
export function revealFaults(root) {
  for (const button of all(root, '[data-discloses][aria-expanded="false"]')) {
    const body = document.getElementById(button.getAttribute('aria-controls') ?? '');
    if (body?.querySelector('.fault:not([hidden])')) setOpen({ button, body }, true);
  }
}
