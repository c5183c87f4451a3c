// @ts-check
/** What exactly differs between two experiments, in words. Pure. */
import { say } from '../core/words.js';
import { describe } from './describe.js';

/** @typedef {import('../core/types.js').Catalog} Catalog */
/** @typedef {import('../core/types.js').Experiment} Experiment */
/** @typedef {import('./describe.js').Part} Part */

/** left, right: null where that side has no such part. @typedef {{name: string, left: string|null, right: string|null}} Row */
/** @typedef {{title: string, rows: Row[]}} Group */
/** @typedef {{groups: Group[], equal: Group[], differing: number, same: number}} Differences  equal: rows with both sides alike */

/** @param {Experiment} left @param {Experiment} right @param {Catalog} catalog @returns {Differences} */
export function differences(left, right, catalog) {
  const [one, other] = [describe(left, catalog), describe(right, catalog)];
  const pairs = pairOptimizers(left, right);
  const whole = [
    { title: say('compare.groups.problem'), rows: align(one.problem, other.problem) },
    { title: say('compare.groups.run'), rows: align(one.run, other.run) },
    ...pairs.map(([a, b]) => optimizerGroup(one.optimizers[a ?? -1], other.optimizers[b ?? -1])),
    { title: say('compare.groups.optimizers'), rows: orderRows(left, right, pairs) },
  ];
  const keep = (/** @type {(row: Row) => boolean} */ wanted) =>
    whole.map(({ title, rows }) => ({ title, rows: rows.filter(wanted) })).filter(({ rows }) => rows.length > 0);
  const [groups, equal] = [keep((row) => row.left !== row.right), keep((row) => row.left === row.right)];
  return { groups, equal, differing: count(groups), same: count(equal) };
}

/** @param {Group[]} groups */
function count(groups) {
  return groups.reduce((sum, { rows }) => sum + rows.length, 0);
}

/**
 * Which optimizer of the left belongs to which of the right: those with one label, then those that are left at one
 * position; null for nobody. In the order of the left, then those that only the right has.
 * @param {Pick<Experiment, 'optimizers'>|null} one @param {Pick<Experiment, 'optimizers'>|null} other @returns {[number|null, number|null][]}
 */
export function pairOptimizers(one, other) {
  const [left, right] = [one?.optimizers ?? [], other?.optimizers ?? []];
  const labels = right.map((each) => each.label);
  const found = left.map((each) => labels.indexOf(each.label));
  const free = (/** @type {number} */ place) => place < right.length && !left.some((each) => each.label === labels[place]);
  const partner = found.map((place, index) => (place >= 0 ? place : free(index) ? index : null));
  const alone = right.map((_, place) => place).filter((place) => !partner.includes(place));
  return [
    ...partner.map((place, index) => /** @type {[number, number|null]} */ ([index, place])),
    ...alone.map((place) => /** @type {[null, number]} */ ([null, place])),
  ];
}

/** Parts of one name side by side, in the order of the left; those that only the right has behind. @param {Part[]} left @param {Part[]} right @returns {Row[]} */
function align(left, right) {
  const row = (/** @type {Part|undefined} */ a, /** @type {Part|undefined} */ b) => ({
    name: (a ?? /** @type {Part} */ (b)).name,
    ...texts(a, b),
  });
  return [
    ...left.map((part) => row(part, right.find((other) => other.name === part.name))),
    ...right.filter((part) => !left.some((other) => other.name === part.name)).map((part) => row(undefined, part)),
  ];
}

/** What each side has: with all digits where fewer would not tell them apart. @param {Part|undefined} a @param {Part|undefined} b */
function texts(a, b) {
  const alike = a !== undefined && b !== undefined && a.text === b.text && a.exact !== b.exact;
  const text = (/** @type {Part|undefined} */ part) => (part ? (alike ? part.exact : part.text) : null);
  return { left: text(a), right: text(b) };
}

/** @param {import('./describe.js').Described|undefined} left @param {import('./describe.js').Described|undefined} right @returns {Group} */
function optimizerGroup(left, right) {
  if (left && right) {
    const title = left.label === right.label ? left.label : say('compare.both', { left: left.label, right: right.label });
    return { title, rows: align(left.parts, right.parts) };
  }
  const only = /** @type {import('./describe.js').Described} */ (left ?? right);
  return { title: only.label, rows: [{ name: say('compare.parts.optimizer'), left: left?.summary ?? null, right: right?.summary ?? null }] };
}

/** The order of those that both sides have. @param {Experiment} left @param {Experiment} right @param {[number|null, number|null][]} pairs @returns {Row[]} */
function orderRows(left, right, pairs) {
  const both = /** @type {[number, number][]} */ (pairs.filter((pair) => !pair.includes(null)));
  const moved = both.some(([, place], index) => index > 0 && place < both[index - 1][1]);
  const labels = (/** @type {Experiment} */ { optimizers }, /** @type {number[]} */ places) =>
    places.map((place) => optimizers[place].label).join(', ');
  const places = both.map(([, place]) => place);
  if (!moved) return [];
  const [one, other] = [labels(left, both.map(([place]) => place)), labels(right, places.toSorted((a, b) => a - b))];
  return [{ name: say('compare.parts.order'), left: one, right: other }];
}
