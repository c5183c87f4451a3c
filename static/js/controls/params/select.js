// @ts-check
/** A choice among entries that may be others from one moment to the next. */

import { h, setText, uniqueId } from '../../core/dom.js';
import { showFault } from './number.js';

/** @param {string} name @param {string} help @param {(id: string) => void} choose */
export function createSelect(name, help, choose) {
  const [line, fault] = [h('p', { class: 'help', id: uniqueId('help'), text: help }), h('p', { class: 'fault', id: uniqueId('fault'), 'aria-live': 'polite', hidden: true })];
  const el = h('select', {
    class: 'select', 'aria-label': name, 'aria-describedby': `${line.id} ${fault.id}`, on: { change: () => choose(el.value) },
  });
  let shown = '';
  const label = h('span', { class: 'param-label', title: help, text: name });
  return {
    el: h('div', { class: 'param quiet' }, h('div', { class: 'param-head' }, label, el), fault, line),
    /** @param {{id: string, title: string}[]} entries @param {string} chosen */
    set: (entries, chosen) => {
      const key = entries.map(({ id }) => id).join();
      if (key !== shown) el.replaceChildren(...entries.map(({ id, title }) => h('option', { value: id, text: title })));
      shown = key;
      if (el.value !== chosen) el.value = chosen;
    },
    /** @param {string} text */
    setHelp: (text) => {
      setText(line, text);
      el.title = text;
      label.title = text;
    },
    setFault: (/** @type {string|null} */ message) => showFault(el, fault, message),
  };
}
