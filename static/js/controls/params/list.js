// @ts-check
/** A list of numbers: a short one has a slider for each, a long one is typed with commas. */

import { h, setHidden } from '../../core/dom.js';
import { parseNumber } from '../../core/format.js';
import { say } from '../../core/words.js';
import { icon } from '../elements/icons.js';
import { createNumber, showFault } from './number.js';
import { findFault } from './scale.js';
import { words } from './words.js';

/**
 * @typedef {import('../../core/types.js').Param} Param
 * @typedef {import('./param.js').ParamHow} ParamHow
 * @typedef {import('./param.js').ParamControl} ParamControl
 */

/** So many sliders can still be overlooked. */
const MOST_ROWS = 8;

/** @param {Param} param */
function fewest(param) {
  return param.fewest ?? 0;
}

/** @param {Param} param */
function most(param) {
  return param.most ?? Infinity;
}

/** @param {Param} param @param {ParamHow} how @returns {ParamControl} */
export function createList(param, how) {
  return param.items[0]?.soft && most(param) <= MOST_ROWS ? createRows(param, how) : createTyped(param, how);
}

/** What is wrong with how many numbers there are, or with their order. @param {Param} param @param {number[]} values */
function findListFault(param, values) {
  if (values.length < fewest(param)) return say('params.at-least', { limit: String(fewest(param)) });
  if (values.length > most(param)) return say('params.at-most', { limit: String(most(param)) });
  const rises = values.every((value, index) => index === 0 || value > values[index - 1]);
  return param.rising === false || rises ? null : say('params.rising');
}

/** What is wrong with a typed list, or the numbers. @param {Param} param @param {string} text */
function parseList(param, text) {
  const numbers = text.split(/[\s,;]+/).filter(Boolean).map(parseNumber);
  const [item] = param.items;
  for (const number of numbers) {
    const fault = item ? findFault(item, number) : null;
    if (fault || number === null) return { fault: fault ?? say('params.commas'), numbers: [] };
  }
  const values = numbers.filter((number) => number !== null);
  return { fault: findListFault(param, values), numbers: values };
}

/** @param {Param} param @param {ParamHow} how @returns {ParamControl} */
function createTyped(param, how) {
  let shown = '';
  const { help, fault, label, described } = words(param);
  const setFault = (/** @type {string|null} */ message) => showFault(el, fault, message);
  const commit = () => {
    if (el.value === shown) return setFault(null);
    const { fault: found, numbers } = parseList(param, el.value);
    setFault(found);
    if (!found) how.change(numbers, false);
  };
  const el = h('input', {
    class: 'entry entry-wide', type: 'text', 'aria-label': param.title, 'aria-describedby': described, autocomplete: 'off',
    on: { blur: commit, keydown: (/** @type {KeyboardEvent} */ event) => event.key === 'Enter' && commit() },
  });
  const set = (/** @type {number[]} */ value) => {
    const text = value.join(', ');
    if (text !== shown && document.activeElement !== el) el.value = text;
    shown = text;
  };
  return { el: h('div', { class: 'param' }, h('div', { class: 'param-head' }, label, el), fault, help), set, setFault };
}

/**
 * One line of the list: its number, a slider, an entry, and a button that takes it out.
 * @param {Param} param @param {number} index
 * @param {{described: string, emit: (value: number, live: boolean) => void, fault: (message: string|null) => void, remove: () => void}} how
 */
function createRow(param, index, { described, emit, fault, remove }) {
  const [item] = param.items;
  const standard = Array.isArray(param.default) ? param.default[index] : undefined;
  const reset = () => standard ?? /** @type {number} */ (item.default);
  const name = say('params.place', { title: param.title, place: index + 1 });
  const parts = createNumber(item, { name: say('params.part', { name, part: item.title }), described, emit, fault, reset, slider: true });
  const out = h('button', {
    class: 'button-icon list-remove', type: 'button', 'aria-label': say('params.remove-this', { name }), title: say('params.remove'), on: { click: remove },
  }, icon('close'));
  const number = h('span', { class: 'list-number tabular', 'aria-hidden': 'true', text: String(index + 1) });
  const el = h('div', { class: 'list-row' }, number, parts.slider, parts.entry, out);
  return { el, out, entry: parts.entry, set: parts.set };
}

/** A line for each number, as many ready as the list can have: none of them loses the focus when others come or go. @param {Param} param @param {ParamHow} how @returns {ParamControl} */
function createRows(param, how) {
  /** @type {number[]} */
  let values = [];
  const { help, fault, label, described } = words(param);
  let faulty = 0;
  const setFault = (/** @type {string|null} */ message, index = faulty) => {
    if (message === null && index !== faulty) return;
    showFault(rows[faulty].entry, fault, null);
    faulty = Math.min(index, rows.length - 1);
    showFault(rows[faulty].entry, fault, message);
  };
  const give = (/** @type {number[]} */ next, live = false) => {
    setFault(null);
    set(next);
    how.change(next, live);
  };
  const rows = Array.from({ length: most(param) }, (_, index) =>
    createRow(param, index, {
      described,
      emit: (value, live) => give(values.with(index, value), live),
      fault: (message) => setFault(message, index),
      remove: () => {
        give(values.toSpliced(index, 1));
        const near = rows[Math.min(index, values.length - 1)];
        (near?.out.disabled === false ? near.out : add).focus();
      },
    }));
  const add = h('button', {
    class: 'toggle list-add', type: 'button', text: say('params.add'), 'aria-label': say('params.add-to', { title: param.title }), 'aria-describedby': fault.id,
    on: {
      click: () => {
        give([...values, values[values.length - 1] ?? /** @type {number} */ (param.items[0].default)]);
        if (add.disabled) rows[values.length - 1].entry.focus();
      },
    },
  });
  const set = (/** @type {number[]} */ next) => {
    values = [...next];
    rows.forEach((row, index) => {
      setHidden(row.el, index >= values.length);
      if (index < values.length) row.set(values[index]);
      row.out.disabled = values.length <= fewest(param);
    });
    add.disabled = values.length >= most(param);
  };
  const head = h('div', { class: 'param-head' }, label, add);
  const group = { class: 'param param-list', role: 'group', 'aria-label': param.title };
  return { el: h('div', group, head, ...rows.map((row) => row.el), fault, help), set, setFault };
}
