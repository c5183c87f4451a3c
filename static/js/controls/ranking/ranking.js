// @ts-check
/** The ranking in the rail: place, optimizer, one measure; and the whole table in a dialog. */

import { byId, h, setAttribute, setText } from '../../core/dom.js';
import { formatExact } from '../../core/format.js';
import { say } from '../../core/words.js';
import { profileOf } from '../../state/profiles.js';
import { createSwatch } from '../elements/swatch.js';
import { formatMeasure, formatWinner, measureOf, placesOf, sortRanking, valueOf } from './order.js';
import { createStandings } from './standings.js';

/**
 * @typedef {import('../../core/types.js').Context} Context
 * @typedef {import('../../core/types.js').Model} Model
 * @typedef {import('../../core/types.js').Rank} Rank
 * @typedef {import('./order.js').Column} Column
 */

function createRow() {
  const [place, name, value] = [h('td', { class: 'tabular place' }), h('td', { class: 'rank-name' }), h('td', { class: 'tabular number' })];
  const swatch = createSwatch();
  const el = h('tr', {}, place, h('td', { class: 'rank-swatch' }, swatch.el), name, value);
  /** @param {number|null} number @param {Rank} rank @param {Column} column @param {Model} model */
  const set = (number, rank, column, { experiment, view }) => {
    setText(place, number === null ? '–' : String(number));
    setText(name, experiment.optimizers[rank.index]?.label ?? '');
    setAttribute(name, 'title', name.textContent);
    const score = valueOf(rank, column);
    setText(value, formatMeasure(rank, column));
    setAttribute(value, 'title', score === null ? null : formatExact(score));
    swatch.set(view.styles[rank.index]?.slot ?? rank.index);
    setAttribute(el, 'data-kind', rank.outcome?.kind ?? 'running');
  };
  return { el, set };
}

/** As many rows as ranks, kept and rewritten. @param {HTMLElement} body */
function createRows(body) {
  /** @type {ReturnType<typeof createRow>[]} */
  const rows = [];
  return (/** @type {Rank[]} */ sorted, /** @type {Column} */ column, /** @type {Model} */ model) => {
    while (rows.length < sorted.length) body.append(rows[rows.push(createRow()) - 1].el);
    for (const row of rows.splice(sorted.length)) row.el.remove();
    const places = placesOf(sorted, column);
    sorted.forEach((rank, index) => rows[index].set(places[index], rank, column, model));
  };
}

/** @param {Context} context */
function createMeasure({ changeView }) {
  /** @type {Column[]} */
  let offered = [];
  const el = h('select', {
    class: 'select', 'aria-label': say('ranking.by'), on: { change: () => changeView({ measure: el.value }) },
  });
  /** @param {Column[]} columns @param {Column} chosen */
  const set = (columns, chosen) => {
    if (columns !== offered) el.replaceChildren(...columns.map(({ id, title }) => h('option', { value: id, text: title })));
    offered = columns;
    if (el.value !== chosen.id) el.value = chosen.id;
  };
  return { el, set };
}

/** @param {HTMLElement} root @param {Context} context @returns {import('../../core/types.js').Control} */
export function createRanking(root, context) {
  const standings = createStandings(context);
  const measure = createMeasure(context);
  const sentence = h('p', { class: 'winner', 'aria-live': 'off' });
  const body = h('tbody');
  const setRows = createRows(body);
  const open = h('button', { class: 'button quiet-button', type: 'button', text: say('ranking.all'), on: { click: standings.open } });
  const table = h('table', { class: 'ranking', 'aria-label': say('ranking.table') }, body);
  byId(root, 'ranking').append(h('div', { class: 'param-head' }, h('h2', { class: 'zone-title', text: say('ranking.title') }), measure.el), sentence, table, open);
  /** @type {unknown[]} */
  let seen = [];
  const update = (/** @type {Model} */ model) => {
    const { ranking, view, experiment } = model;
    const now = [ranking, view.measure, view.styles, experiment.optimizers];
    if (now.every((each, index) => each === seen[index])) return;
    seen = now;
    const profile = profileOf(context.catalog, experiment);
    const column = measureOf(profile, view.measure);
    measure.set(profile.measures, column);
    setText(sentence, formatWinner(ranking, column, (index) => experiment.optimizers[index]?.label ?? ''));
    setRows(sortRanking(ranking, column), column, model);
    standings.update(model);
  };
  return { update };
}
