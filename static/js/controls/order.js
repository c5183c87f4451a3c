// @ts-check
/** Who is ahead, by which measure, and the sentence that says so. Pure. */

import { formatAligned, formatCount } from '../core/format.js';

/** @typedef {import('../core/types.js').Rank} Rank @typedef {import('../core/types.js').Measure} Measure */

/** @type {{id: Measure, title: string, help: string}[]} */
export const MEASURES = [
  { id: 'final', title: 'final loss', help: 'Loss at the last step.' },
  { id: 'best', title: 'best loss', help: 'Lowest loss on the way.' },
  { id: 'steps', title: 'steps to arrive', help: 'Steps until 0.1 % of the height of the start above the minimum is left.' },
  { id: 'distance', title: 'distance to minimum', help: 'From the last point to the nearest minimum.' },
  { id: 'length', title: 'path length', help: 'Sum of the lengths of all steps.' },
];

/** A column of the whole table: a measure, or what it took. @typedef {Measure|'evaluations'} Column */

/** @type {{id: Column, title: string, help: string}[]} */
export const COLUMNS = [
  ...MEASURES,
  {
    id: 'evaluations',
    title: 'gradients',
    help: 'How often the gradient was computed: once a step, but several times for L-BFGS, which looks along each step.',
  },
];

/** @param {Rank} rank @param {Column} column @returns {number|null} */
export function valueOf(rank, column) {
  return column === 'evaluations' ? (rank.outcome?.evaluations ?? null) : rank[column];
}

/** @param {Rank} rank @param {Column} measure */
export function formatMeasure(rank, measure) {
  const value = valueOf(rank, measure);
  if (rank.outcome?.kind === 'diverged' && !Number.isFinite(value ?? Infinity)) return 'diverged';
  return measure === 'steps' || measure === 'evaluations' ? formatCount(value) : formatAligned(value);
}

/** What counts even of a path that diverged. @type {Column[]} */
const WHEREVER = ['best', 'evaluations'];

/** What is compared: nothing for a path that diverged or has no such number. @param {Rank} rank @param {Column} measure @returns {number|null} */
export function scoreOf(rank, measure) {
  const value = valueOf(rank, measure);
  if (value === null || !Number.isFinite(value)) return null;
  return rank.outcome?.kind === 'diverged' && !WHEREVER.includes(measure) ? null : value;
}

/** The smallest first; those without a number last, in the order they came. @param {Rank[]} ranking @param {Column} measure @returns {Rank[]} */
export function sortRanking(ranking, measure) {
  return [...ranking].sort((one, other) => {
    const [a, b] = [scoreOf(one, measure), scoreOf(other, measure)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return a - b;
  });
}

/** Whether two ranks read the same: what differs only beyond the digits that are shown is a tie. @param {Rank} one @param {Rank} other @param {Measure} measure */
function isTie(one, other, measure) {
  return scoreOf(one, measure) !== null && scoreOf(other, measure) !== null && formatMeasure(one, measure) === formatMeasure(other, measure);
}

/** The place of each of a sorted ranking: those who tie share one, those without a number have none. @param {Rank[]} sorted @param {Measure} measure @returns {(number|null)[]} */
export function placesOf(sorted, measure) {
  return sorted.map((rank) => (scoreOf(rank, measure) === null ? null : sorted.findIndex((each) => isTie(each, rank, measure)) + 1));
}

/** @param {Rank[]} ranking @param {Measure} measure @param {string} title */
function sayNone(ranking, measure, title) {
  if (ranking.every((rank) => rank.outcome?.kind === 'diverged')) return 'Every path diverged: try lower learning rates.';
  return measure === 'steps' ? 'None has arrived at the minimum.' : `None has a ${title}.`;
}

/** @param {Rank[]} ranking @param {Measure} measure @param {(index: number) => string} labelOf */
export function formatWinner(ranking, measure, labelOf) {
  if (ranking.length === 0) return 'Nothing to compare yet.';
  const sorted = sortRanking(ranking, measure);
  const title = MEASURES.find((each) => each.id === measure)?.title ?? measure;
  if (scoreOf(sorted[0], measure) === null) return sayNone(ranking, measure, title);
  const first = sorted.filter((rank) => isTie(rank, sorted[0], measure)).map((rank) => labelOf(rank.index));
  if (first.length === 1) return `${first[0]} wins by ${title}.`;
  if (first.length > 3) return `${first.length} of ${ranking.length} tie by ${title}.`;
  return `${first.slice(0, -1).join(', ')} and ${first.at(-1)} tie by ${title}.`;
}
