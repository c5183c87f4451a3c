// @ts-check
/** A param that numbers one of some things with names: an optimizer, a weight. */

import { h } from '../core/dom.js';
import { words } from './words.js';

/** What stands for null. */
const LAST = 'the last';

/** @param {import('../core/types.js').Param} param @param {string[]} names in order @param {(value: number|null) => void} change */
export function createPick(param, names, change) {
  const { help, label, described } = words(param);
  const el = h('select', {
    class: 'select', 'aria-label': param.title, 'aria-describedby': described,
    on: { change: () => change(el.value === '' ? null : Number(el.value)) },
  }, ...names.map((name, index) => h('option', { value: String(index), text: name })), param.optional && h('option', { value: '', text: LAST }));
  return {
    el: h('div', { class: 'param' }, h('div', { class: 'param-head' }, label, el), help),
    set: (/** @type {number|null} */ value) => {
      const text = value === null ? '' : String(value);
      if (el.value !== text) el.value = text;
    },
  };
}
