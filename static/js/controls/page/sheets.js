// @ts-check
/** On a small screen the rails are sheets: three buttons open them, one at a time, under the plot that stays in sight. */

import { all, byId, setAttribute } from '../../core/dom.js';

/** @param {HTMLElement} root */
export function createSheets(root) {
  const buttons = all(byId(root, 'sheet-bar'), 'button');
  const open = (/** @type {string} */ name) => {
    root.dataset.sheet = name;
    for (const button of buttons) setAttribute(button, 'aria-expanded', String(button.getAttribute('aria-controls') === name));
  };
  for (const button of buttons) {
    const name = button.getAttribute('aria-controls') ?? '';
    button.addEventListener('click', () => open(root.dataset.sheet === name ? '' : name));
  }
  root.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !root.dataset.sheet || event.defaultPrevented || root.querySelector('dialog[open]')) return;
    const name = root.dataset.sheet;
    open('');
    buttons.find((button) => button.getAttribute('aria-controls') === name)?.focus();
  });
}
