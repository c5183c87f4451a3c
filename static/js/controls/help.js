// @ts-check
/** The sheet on `?`: how to read the page, and every key. */

import { h } from '../core/dom.js';
import { createDialog } from './dialog.js';

const READING = [
  'Every line is one optimizer going down the same landscape from the same start, one point for each step.',
  'Drag the start point on the plot, or any slider: all paths are computed again at once, by the real update rules.',
  'The address bar always holds the whole experiment. Copy the link to share exactly what you see.',
];
const KEYS = [
  ['Space', 'play or pause'],
  ['← →', 'one step back or on; with Shift, ten'],
  ['Home End', 'first or last step'],
  ['R', 'restart'],
  ['1 2 3', '2D, 3D or both'],
  ['Ctrl Z', 'undo'],
  ['Shift Ctrl Z', 'redo; also Ctrl Y'],
  ['?', 'this sheet'],
];
const SLIDERS = [
  ['← → ↑ ↓', 'fine step; with Shift, coarse'],
  ['PageUp PageDown', 'large step'],
  ['Home End', 'least or most'],
  ['double click', 'back to the default, or to the suggested learning rate'],
];

/** @param {string} text */
function keys(text) {
  return text.includes('click') ? [text] : text.split(' ').map((key) => h('kbd', { text: key }));
}

/** @param {string} title @param {string[][]} rows */
function createKeys(title, rows) {
  const body = h('tbody', {}, ...rows.map(([key, does]) => h('tr', {}, h('th', { scope: 'row' }, ...keys(key)), h('td', { text: does }))));
  return h('section', {}, h('h3', { text: title }), h('table', { class: 'keys' }, body));
}

export function createHelp() {
  const reading = h('section', {}, ...READING.map((text) => h('p', { text })));
  const dialog = createDialog('How it works', 'dialog-help', reading, h('div', { class: 'columns' }, createKeys('Keys', KEYS), createKeys('On a slider', SLIDERS)));
  return () => {
    if (dialog.open) dialog.close();
    else dialog.showModal();
  };
}
