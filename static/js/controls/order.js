// @ts-check
/** Who is ahead, by which measure, and the sentence that says so. Pure. */

import { formatAligned, formatCount } from '../core/format.js';

/** @typedef {import('../core/types.js').Rank} Rank */
/** @typedef {import('../core/types.js').Measure} Measure */
/** @typedef {import('../state/subjects.js').Subject} Subject */

/**
 * @typedef {Object} Column  A measure, or what it took.
 * @property {Measure|'evaluations'} id
 * @property {string} title
 * @property {string} help
 * @property {(value: number|null) => string} [format]
 * @property {boolean} [rising]  more is better
 * @property {boolean} [wherever]  counts even of a path that diverged
 * @property {string} [none]  what is said when nobody has such a number
 */

/** @param {number|null} share */
function formatShare(share) {
  return share === null ? '–' : `${(100 * share).toFixed(1)} %`;
}

/** @type {Column[]} */
const ON_SURFACES = [
  { id: 'final', title: 'final loss', help: 'Loss at the last step.' },
  { id: 'best', title: 'best loss', help: 'Lowest loss on the way.', wherever: true },
  {
    id: 'steps', title: 'steps to arrive', help: 'Steps until 0.1 % of the height of the start above the minimum is left.',
    format: formatCount, none: 'None has arrived at the minimum.',
  },
  { id: 'distance', title: 'distance to minimum', help: 'From the last point to the nearest minimum.' },
  { id: 'length', title: 'path length', help: 'Sum of the lengths of all steps.' },
];

/** @param {Column} score @returns {Column[]} */
const onModels = (score) => [
  { id: 'final', title: 'final train loss', help: 'Loss on the training samples after the last step.' },
  { id: 'best', title: 'best train loss', help: 'Lowest loss on the training samples on the way.', wherever: true },
  { id: 'test', title: 'final test loss', help: 'Loss on the samples that were kept apart, after the last step.' },
  score,
  {
    id: 'steps', title: 'steps to a tenth', help: 'Steps until a tenth of the first loss on the training samples is left.',
    format: formatCount, none: 'None has come down to a tenth of the first loss.',
  },
];

/** What paths can be ranked by, the usual first. @type {Record<Subject, Column[]>} */
export const MEASURES = {
  surface: ON_SURFACES,
  classifier: onModels({
    id: 'score', title: 'test accuracy', help: 'Share of right answers on the samples that were kept apart, after the last step.',
    format: formatShare, rising: true,
  }),
  regressor: onModels({
    id: 'score', title: 'test R²', rising: true,
    help: 'Share of the variance of the samples that were kept apart which is explained after the last step: 1 is all.',
  }),
};

/** @type {Column} */
const EVALUATIONS = {
  id: 'evaluations',
  title: 'gradients',
  help: 'How often the gradient was computed: once a step, but several times for L-BFGS, which looks along each step.',
  format: formatCount,
  wherever: true,
};

/** Of the whole table. @param {Subject} subject */
export function columnsOf(subject) {
  return [...MEASURES[subject], EVALUATIONS];
}

/** The chosen measure, where this subject has it; otherwise the usual one. @param {Subject} subject @param {string} chosen */
export function measureOf(subject, chosen) {
  return columnsOf(subject).find((column) => column.id === chosen) ?? MEASURES[subject][0];
}

/** @param {Rank} rank @param {Column} column @returns {number|null} */
export function valueOf(rank, { id }) {
  return id === 'evaluations' ? (rank.outcome?.evaluations ?? null) : rank[id];
}

/** @param {Rank} rank @param {Column} column */
export function formatMeasure(rank, column) {
  const value = valueOf(rank, column);
  if (rank.outcome?.kind === 'diverged' && !Number.isFinite(value ?? Infinity)) return 'diverged';
  return (column.format ?? formatAligned)(value);
}

/** What is compared: nothing for a path that diverged or has no such number. @param {Rank} rank @param {Column} column @returns {number|null} */
export function scoreOf(rank, column) {
  const value = valueOf(rank, column);
  if (value === null || !Number.isFinite(value)) return null;
  return rank.outcome?.kind === 'diverged' && !column.wherever ? null : value;
}

/** The best first; those without a number last, in the order they came. @param {Rank[]} ranking @param {Column} column @returns {Rank[]} */
export function sortRanking(ranking, column) {
  return [...ranking].sort((one, other) => {
    const [a, b] = [scoreOf(one, column), scoreOf(other, column)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return column.rising ? b - a : a - b;
  });
}

/** Whether two ranks read the same: what differs only beyond the digits that are shown is a tie. @param {Rank} one @param {Rank} other @param {Column} column */
function isTie(one, other, column) {
  return scoreOf(one, column) !== null && scoreOf(other, column) !== null && formatMeasure(one, column) === formatMeasure(other, column);
}

/** The place of each of a sorted ranking: those who tie share one, those without a number have none. @param {Rank[]} sorted @param {Column} column @returns {(number|null)[]} */
export function placesOf(sorted, column) {
  return sorted.map((rank) => (scoreOf(rank, column) === null ? null : sorted.findIndex((each) => isTie(each, rank, column)) + 1));
}

/** @param {Rank[]} ranking @param {Column} column */
function sayNone(ranking, column) {
  if (ranking.every((rank) => rank.outcome?.kind === 'diverged')) return 'Every path diverged: try lower learning rates.';
  return column.none ?? `None has a ${column.title}.`;
}

/** @param {Rank[]} ranking @param {Column} column @param {(index: number) => string} labelOf */
export function formatWinner(ranking, column, labelOf) {
  if (ranking.length === 0) return 'Nothing to compare yet.';
  const sorted = sortRanking(ranking, column);
  const { title } = column;
  if (scoreOf(sorted[0], column) === null) return sayNone(ranking, column);
  const first = sorted.filter((rank) => isTie(rank, sorted[0], column)).map((rank) => labelOf(rank.index));
  if (first.length === 1) return `${first[0]} wins by ${title}.`;
  if (first.length > 3) return `${first.length} of ${ranking.length} tie by ${title}.`;
  return `${first.slice(0, -1).join(', ')} and ${first.at(-1)} tie by ${title}.`;
}
