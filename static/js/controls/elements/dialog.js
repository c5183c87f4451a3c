// @ts-check
/** A sheet over the page: title, close button, content. Escape and a click outside close it. */

import { h, uniqueId } from '../../core/dom.js';
import { say } from '../../core/words.js';
import { icon } from './icons.js';

/** @param {string} title @param {string} className @param {...Node} content */
export function createDialog(title, className, ...content) {
  const heading = h('h2', { id: uniqueId('dialog'), class: 'dialog-title', text: title });
  const close = h('button', { class: 'button-icon', type: 'button', 'aria-label': say('dialog.close'), on: { click: () => el.close() } }, icon('close'));
  const el = h('dialog', { class: `dialog ${className}`, 'aria-labelledby': heading.id },
    h('div', { class: 'dialog-head' }, heading, close),
    h('div', { class: 'dialog-body', tabindex: 0 }, ...content));
  el.addEventListener('click', (event) => {
    if (event.target === el) el.close();
  });
  document.body.append(el);
  return el;
}
