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

/** @param {Rank} rank @param {Measure} measure */
export function formatMeasure(rank, measure) {
  const value = rank[measure];
  if (rank.outcome?.kind === 'diverged' && !Number.isFinite(value ?? Infinity)) return 'diverged';
  return measure === 'steps' ? formatCount(value) : formatAligned(value);
}

/** What is compared: nothing for a path that diverged or has no such number. @param {Rank} rank @param {Measure} measure @returns {number|null} */
export function scoreOf(rank, measure) {
  const value = rank[measure];
  if (value === null || value === undefined || !Number.isFinite(value)) return null;
  return rank.outcome?.kind === 'diverged' && measure !== 'best' ? null : value;
}

/** The smallest first; those without a number last, in the order they came. @param {Rank[]} ranking @param {Measure} measure @returns {Rank[]} */
export function sortRanking(ranking, measure) {
  return [...ranking].sort((one, other) => {
    const [a, b] = [scoreOf(one, measure), scoreOf(other, measure)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return a - b;
  });
}

/** @param {Rank[]} ranking @param {Measure} measure @param {(index: number) => string} labelOf */
export function formatWinner(ranking, measure, labelOf) {
  if (ranking.length === 0) return 'Nothing to compare yet.';
  const sorted = sortRanking(ranking, measure);
  const best = scoreOf(sorted[0], measure);
  const title = MEASURES.find((each) => each.id === measure)?.title ?? measure;
  if (best === null) return measure === 'steps' ? 'None has arrived at the minimum.' : `None has a ${title}.`;
  const first = sorted.filter((rank) => scoreOf(rank, measure) === best).map((rank) => labelOf(rank.index));
  if (first.length === 1) return `${first[0]} wins by ${title}.`;
  return `${first.slice(0, -1).join(', ')} and ${first.at(-1)} tie by ${title}.`;
}
