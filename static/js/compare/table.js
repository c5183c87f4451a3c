// @ts-check
/** The table of what differs, with what is equal folded away under it. */
import { h, setText } from '../core/dom.js';
import { say } from '../core/words.js';

/** @typedef {import('./differences.js').Differences} Differences */
/** @typedef {import('./differences.js').Group} Group */

/** @param {string|null} text @param {string} side */
function cell(text, side) {
  return text === null ? h('td', { class: 'absent', data: { side } }, say('compare.absent')) : h('td', { text, data: { side } });
}

/** @param {Group} group @param {boolean} both  whether each side has a column */
function createGroup({ title, rows }, both) {
  const head = h('tr', {}, h('th', { class: 'part-group', scope: 'rowgroup', colspan: both ? 3 : 2, text: title }));
  return h('tbody', {}, head, ...rows.map(({ name, left, right }) => {
    const values = both ? [cell(left, say('compare.left')), cell(right, say('compare.right'))] : [cell(left, say('compare.equal-value'))];
    return h('tr', {}, h('th', { class: 'part-name', scope: 'row', text: name }), ...values);
  }));
}

/** @param {string[]} columns @param {Group[]} groups */
function createTable(columns, groups) {
  const heads = [say('compare.part'), ...columns].map((text) => h('th', { scope: 'col', text }));
  return h('table', { class: 'difference-table' }, h('thead', {}, h('tr', {}, ...heads)), ...groups.map((group) => createGroup(group, columns.length === 2)));
}

/** @param {Differences} found */
function sum({ differing, same }) {
  if (!differing) return say('compare.sum.equal', { n: same });
  return say('compare.sum', { differing: say('compare.sum.differing', { n: differing }), same: say('compare.sum.same', { n: same }) });
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
      setText(words, found ? sum(found) : say('compare.sum.none'));
      differing.replaceChildren(...(found?.differing ? [createTable([say('compare.left'), say('compare.right')], found.groups)] : []));
      fold.hidden = !found?.same;
      setText(summary, found ? say('compare.equal', { n: found.same }) : '');
      equal.replaceChildren(...(found?.same ? [createTable([say('compare.equal-value')], found.equal)] : []));
    },
  };
}
