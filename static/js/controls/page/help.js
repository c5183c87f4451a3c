// @ts-check
/** The sheet on `?`: how to read the page, and every key. */

import { h } from '../../core/dom.js';
import { say } from '../../core/words.js';
import { createDialog } from '../elements/dialog.js';

const READING = [
  say('help.reading.lines'),
  say('help.reading.signs'),
  say('help.reading.start'),
  say('help.reading.models'),
  say('help.reading.address'),
];
const KEYS = [
  [say('help.keys.toggle.how'), say('help.keys.toggle.does')],
  [say('help.keys.step.how'), say('help.keys.step.does')],
  [say('help.keys.ends.how'), say('help.keys.ends.does')],
  [say('help.keys.restart.how'), say('help.keys.restart.does')],
  [say('help.keys.tabs.how'), say('help.keys.tabs.does')],
  [say('help.keys.zoom.how'), say('help.keys.zoom.does')],
  [say('help.keys.move.how'), say('help.keys.move.does')],
  [say('help.keys.undo.how'), say('help.keys.undo.does')],
  [say('help.keys.redo.how'), say('help.keys.redo.does')],
  [say('help.keys.help.how'), say('help.keys.help.does')],
];
const SLIDERS = [
  [say('help.sliders.fine.how'), say('help.sliders.fine.does')],
  [say('help.sliders.large.how'), say('help.sliders.large.does')],
  [say('help.sliders.ends.how'), say('help.sliders.ends.does')],
];
/** What a hand does there, in words. */
const HANDS = [
  [say('help.sliders.reset.how'), say('help.sliders.reset.does')],
];

const PLOT = [
  [say('help.plot.start.how'), say('help.plot.start.does')],
  [say('help.plot.click.how'), say('help.plot.click.does')],
  [say('help.plot.drag.how'), say('help.plot.drag.does')],
  [say('help.plot.wheel.how'), say('help.plot.wheel.does')],
  [say('help.plot.reset.how'), say('help.plot.reset.does')],
];

/** Names of keys, with spaces between them, as keys. @param {string[]} row */
function keyed([keys, does]) {
  return { how: keys.split(' ').map((key) => h('kbd', { text: key })), does };
}

/** @param {string[]} row */
function handled([how, does]) {
  return { how: [how], does };
}

/** @param {string} title @param {{how: (Node|string)[], does: string}[]} rows */
function createKeys(title, rows) {
  const body = h('tbody', {}, ...rows.map(({ how, does }) => h('tr', {}, h('th', { scope: 'row' }, ...how), h('td', { text: does }))));
  return h('section', {}, h('h3', { text: title }), h('table', { class: 'keys' }, body));
}

export function createHelp() {
  const reading = h('section', {}, ...READING.map((text) => h('p', { text })));
  const hands = h('div', { class: 'stack' },
    createKeys(say('help.plot'), PLOT.map(handled)),
    createKeys(say('help.sliders'), [...SLIDERS.map(keyed), ...HANDS.map(handled)]));
  const keys = createKeys(say('help.keys'), KEYS.map(keyed));
  const dialog = createDialog(say('help.title'), 'dialog-help', reading, h('div', { class: 'columns' }, keys, hands));
  return () => {
    if (dialog.open) dialog.close();
    else dialog.showModal();
  };
}
