// @ts-check
/** Every optimizer by every measure, sortable by each column. */

import { h, setAttribute } from '../core/dom.js';
import { formatExact } from '../core/format.js';
import { createDialog } from './dialog.js';
import { COLUMNS, formatMeasure, sortRanking, valueOf } from './order.js';
import { formatOutcome } from './outcome.js';
import { createSwatch } from './swatch.js';

/** @typedef {import('../core/types.js').Model} Model @typedef {import('../core/types.js').Rank} Rank @typedef {import('./order.js').Column} Column */

/** @param {Rank} rank @param {Column} measure */
function createCell(rank, measure) {
  const value = valueOf(rank, measure);
  return h('td', { class: 'tabular number', text: formatMeasure(rank, measure), title: value === null ? undefined : formatExact(value) });
}

/** @param {Rank} rank @param {Model} model */
function createRow(rank, { experiment, view }) {
  const swatch = createSwatch();
  swatch.set(view.styles[rank.index]?.slot ?? rank.index);
  const name = h('th', { scope: 'row' }, swatch.el, experiment.optimizers[rank.index]?.label ?? '');
  const ended = h('td', { text: rank.outcome ? formatOutcome(rank.outcome) : 'Running', title: rank.outcome?.message });
  return h('tr', {}, name, ...COLUMNS.map(({ id }) => createCell(rank, id)), ended);
}

export function createStandings() {
  /** @type {{measure: Column, down: boolean}} */
  let order = { measure: 'final', down: false };
  /** @type {Model|null} */
  let model = null;
  const heads = COLUMNS.map(({ id, title, help }) =>
    h('th', { scope: 'col', class: 'number' }, h('button', { class: 'sort', type: 'button', title: help, text: title, on: { click: () => sortBy(id) } })));
  const body = h('tbody');
  const table = h('table', { class: 'standings' },
    h('thead', {}, h('tr', {}, h('th', { scope: 'col', text: 'optimizer' }), ...heads, h('th', { scope: 'col', text: 'outcome' }))), body);
  const dialog = createDialog('All measures', 'dialog-wide', h('div', { class: 'scroll' }, table));
  const render = () => {
    if (!model || !dialog.open) return;
    const now = model;
    const sorted = sortRanking(now.ranking, order.measure);
    body.replaceChildren(...(order.down ? sorted.reverse() : sorted).map((rank) => createRow(rank, now)));
    heads.forEach((head, index) =>
      setAttribute(head, 'aria-sort', COLUMNS[index].id === order.measure ? (order.down ? 'descending' : 'ascending') : null));
  };
  const sortBy = (/** @type {Column} */ measure) => {
    order = { measure, down: order.measure === measure && !order.down };
    render();
  };
  return {
    open: () => {
      dialog.showModal();
      render();
    },
    update: (/** @type {Model} */ next) => {
      model = next;
      render();
    },
  };
}
