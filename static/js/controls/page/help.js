// @ts-check
/** The sheet on `?`: how to read the page, and every key. */

import { h } from '../../core/dom.js';
import { createDialog } from '../elements/dialog.js';

const READING = [
  'Every line is one optimizer going down the same landscape from the same start, one point for each step.',
  'Dots on a path are its first steps. A ring around a marker: it converged. An arrow at the edge: the path has left the view.',
  'Drag the start point on the plot, or any slider: all paths are computed again at once, by the real update rules.',
  'On the tab Model, every line is a network that learns: all begin with the same weights and see the same samples.',
  'The address bar always holds the whole experiment. Copy the link to share exactly what you see.',
];
const KEYS = [
  ['Space', 'play or pause'],
  ['← →', 'one step back or on; with Shift, ten'],
  ['Home End', 'first or last step'],
  ['R', 'restart'],
  ['1 2 3', 'the first, second, third tab above the plot, and so on'],
  ['0', 'reset the view'],
  ['Alt ↑ ↓', 'move the card with the focus up or down'],
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

const PLOT = [
  ['drag the ring', 'move the start; with the focus on it, arrow keys do'],
  ['click', 'start here'],
  ['drag', 'move the view; in 3D, turn it'],
  ['wheel', 'zoom; on a touch screen, two fingers'],
  ['double click', 'reset the view'],
];

/** Keys as keys; what a hand does, in words. @param {string} text */
function keys(text) {
  return /^[a-z]/.test(text) ? [text] : text.split(' ').map((key) => h('kbd', { text: key }));
}

/** @param {string} title @param {string[][]} rows */
function createKeys(title, rows) {
  const body = h('tbody', {}, ...rows.map(([key, does]) => h('tr', {}, h('th', { scope: 'row' }, ...keys(key)), h('td', { text: does }))));
  return h('section', {}, h('h3', { text: title }), h('table', { class: 'keys' }, body));
}

export function createHelp() {
  const reading = h('section', {}, ...READING.map((text) => h('p', { text })));
  const hands = h('div', { class: 'stack' }, createKeys('On the plot', PLOT), createKeys('On a slider', SLIDERS));
  const dialog = createDialog('How it works', 'dialog-help', reading, h('div', { class: 'columns' }, createKeys('Keys', KEYS), hands));
  return () => {
    if (dialog.open) dialog.close();
    else dialog.showModal();
  };
}
