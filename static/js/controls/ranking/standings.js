// @ts-check
/** Every optimizer by every measure, sortable by each column. */

import { h, setAttribute } from '../../core/dom.js';
import { formatExact } from '../../core/format.js';
import { say } from '../../core/words.js';
import { profileOf } from '../../state/profiles.js';
import { formatOutcome } from '../cards/outcome.js';
import { createDialog } from '../elements/dialog.js';
import { createSwatch } from '../elements/swatch.js';
import { columnsOf, formatMeasure, measureOf, sortRanking, valueOf } from './order.js';

/** @typedef {import('../../core/types.js').Model} Model @typedef {import('../../core/types.js').Rank} Rank @typedef {import('./order.js').Column} Column */

/** @param {Rank} rank @param {Column} column */
function createCell(rank, column) {
  const value = valueOf(rank, column);
  return h('td', { class: 'tabular number', text: formatMeasure(rank, column), title: value === null ? undefined : formatExact(value) });
}

/** @param {Rank} rank @param {Column[]} columns @param {Model} model */
function createRow(rank, columns, { experiment, view }) {
  const swatch = createSwatch();
  swatch.set(view.styles[rank.index]?.slot ?? rank.index);
  const name = h('th', { scope: 'row' }, swatch.el, experiment.optimizers[rank.index]?.label ?? '');
  const ended = h('td', { text: rank.outcome ? formatOutcome(rank.outcome) : say('outcomes.running'), title: rank.outcome?.message });
  return h('tr', {}, name, ...columns.map((column) => createCell(rank, column)), ended);
}

/** @param {Column} column @param {(column: Column) => void} sortBy */
function createHead(column, sortBy) {
  const { title, help } = column;
  return h('th', { scope: 'col', class: 'number' },
    h('button', { class: 'sort', type: 'button', title: help, text: title, on: { click: () => sortBy(column) } }));
}

/** @param {import('../../core/types.js').Context} context */
export function createStandings({ catalog }) {
  let order = { id: 'final', down: false };
  /** @type {Model|null} */
  let model = null;
  /** Whose columns are shown. @type {import('../../core/types.js').Profile|null} */
  let shown = null;
  /** @type {Column[]} */
  let columns = [];
  /** @type {HTMLElement[]} */
  let heads = [];
  const head = h('tr');
  const body = h('tbody');
  const table = h('table', { class: 'standings' }, h('thead', {}, head), body);
  const dialog = createDialog(say('ranking.all'), 'dialog-wide', h('div', { class: 'scroll' }, table));
  /** Heads stay as long as they are the same, so that the one just pressed keeps the focus. @param {import('../../core/types.js').Profile} profile */
  const setHeads = (profile) => {
    if (profile === shown) return;
    shown = profile;
    columns = columnsOf(profile);
    heads = columns.map((column) => createHead(column, sortBy));
    head.replaceChildren(h('th', { scope: 'col', text: say('ranking.optimizer') }), ...heads, h('th', { scope: 'col', text: say('ranking.outcome') }));
  };
  const render = () => {
    if (!model || !dialog.open) return;
    const now = model;
    const profile = profileOf(catalog, now.experiment);
    setHeads(profile);
    const chosen = measureOf(profile, order.id);
    const sorted = sortRanking(now.ranking, chosen);
    body.replaceChildren(...(order.down ? sorted.reverse() : sorted).map((rank) => createRow(rank, columns, now)));
    heads.forEach((each, index) => setAttribute(each, 'aria-sort', columns[index] === chosen ? (order.down ? 'descending' : 'ascending') : null));
  };
  const sortBy = (/** @type {Column} */ { id }) => {
    order = { id, down: order.id === id && !order.down };
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
