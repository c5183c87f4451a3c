// @ts-check
/** The table of what differs, with what is equal folded away under it. */
import { h, setText } from '../core/dom.js';
import { formatMany } from '../core/format.js';

/** @typedef {import('./differences.js').Differences} Differences */
/** @typedef {import('./differences.js').Group} Group */

const NOT_THERE = 'not there';

/** @param {string|null} text @param {string} side */
function cell(text, side) {
  return text === null ? h('td', { class: 'absent', data: { side } }, NOT_THERE) : h('td', { text, data: { side } });
}

/** @param {Group} group @param {boolean} both  whether each side has a column */
function createGroup({ title, rows }, both) {
  const head = h('tr', {}, h('th', { class: 'part-group', scope: 'rowgroup', colspan: both ? 3 : 2, text: title }));
  return h('tbody', {}, head, ...rows.map(({ name, left, right }) => {
    const values = both ? [cell(left, 'Left'), cell(right, 'Right')] : [cell(left, 'Both')];
    return h('tr', {}, h('th', { class: 'part-name', scope: 'row', text: name }), ...values);
  }));
}

/** @param {string[]} columns @param {Group[]} groups */
function createTable(columns, groups) {
  const heads = ['Part', ...columns].map((text) => h('th', { scope: 'col', text }));
  return h('table', { class: 'difference-table' }, h('thead', {}, h('tr', {}, ...heads)), ...groups.map((group) => createGroup(group, columns.length === 2)));
}

/** @param {Differences} found */
function sum({ differing, same }) {
  if (!differing) return `Nothing differs: all ${same} parts are equal.`;
  return `${formatMany(differing, 'part')} ${differing === 1 ? 'differs' : 'differ'}, ${same} ${same === 1 ? 'is' : 'are'} equal.`;
}

/** @param {HTMLElement} host */
export function createDifferenceTable(host) {
  const words = h('p', { class: 'differences-sum', role: 'status' });
  const differing = h('div');
  const summary = h('summary', {});
  const equal = h('div');
  const fold = h('details', { class: 'equal' }, summary, equal);
  host.append(words, differing, fold);
  return {
    /** @param {Differences|null} found  null until both experiments are there */
    update: (found) => {
      setText(words, found ? sum(found) : 'Choose two experiments to see what differs.');
      differing.replaceChildren(...(found?.differing ? [createTable(['Left', 'Right'], found.groups)] : []));
      fold.hidden = !found?.same;
      setText(summary, found ? `Equal: ${formatMany(found.same, 'part')}` : '');
      equal.replaceChildren(...(found?.same ? [createTable(['Both'], found.equal)] : []));
    },
  };
}
