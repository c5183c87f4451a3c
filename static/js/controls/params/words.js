// @ts-check
/** The words of a param, as every kind of control shows them. */

import { h, uniqueId } from '../../core/dom.js';
import { formatSymbol } from '../../core/format.js';

/** @param {import('../../core/types.js').Param} param */
export function words(param) {
  const help = h('p', { class: 'help', id: uniqueId('help'), text: param.help });
  const fault = h('p', { class: 'fault', id: uniqueId('fault'), 'aria-live': 'polite', hidden: true });
  const symbol = param.symbol ? h('span', { class: 'symbol', 'aria-hidden': 'true', text: formatSymbol(param.symbol) }) : null;
  const label = h('span', { class: 'param-label', title: param.help }, param.title, symbol);
  return { help, fault, label, described: `${help.id} ${fault.id}` };
}
