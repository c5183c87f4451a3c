// @ts-check
/** Who is ahead, by which measure, and the sentence that says so. Pure. */

import { formatAligned, formatCount } from '../../core/format.js';
import { say, sayList } from '../../core/words.js';
import { offeredOr } from '../../state/profiles.js';

/** @typedef {import('../../core/types.js').Rank} Rank */
/** @typedef {import('../../core/types.js').Profile} Profile */

/** A measure, or what it took. @typedef {Omit<import('../../core/types.js').RankMeasure, 'take'|'column'|'part'>} Column */

/** @param {number|null} share */
function formatShare(share) {
  return share === null ? '–' : say('ranking.share', { share: (100 * share).toFixed(1) });
}

const FORMS = { number: formatAligned, count: formatCount, share: formatShare };

/** @type {Column} */
const EVALUATIONS = {
  id: 'evaluations',
  title: say('ranking.gradients'),
  help: say('ranking.gradients.help'),
  form: 'count',
  rising: false,
  wherever: true,
  none: '',
};

/** Of the whole table. @param {Profile} profile @returns {Column[]} */
export function columnsOf({ measures }) {
  return [...measures, EVALUATIONS];
}

/** The chosen measure, where the objective has it; otherwise the usual one. @param {Profile} profile @param {string} chosen */
export function measureOf(profile, chosen) {
  return offeredOr(columnsOf(profile), chosen);
}

/** @param {Rank} rank @param {Column} column @returns {number|null} */
export function valueOf({ outcome, values }, { id }) {
  return (id === EVALUATIONS.id ? outcome?.evaluations : values[id]) ?? null;
}

/** @param {Rank} rank @param {Column} column */
export function formatMeasure(rank, column) {
  const value = valueOf(rank, column);
  if (rank.outcome?.kind === 'diverged' && !Number.isFinite(value ?? Infinity)) return say('ranking.diverged');
  return FORMS[column.form](value);
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
  if (ranking.every((rank) => rank.outcome?.kind === 'diverged')) return say('ranking.all-diverged');
  return column.none || say('ranking.none', { measure: column.title });
}

/** @param {Rank[]} ranking @param {Column} column @param {(index: number) => string} labelOf */
export function formatWinner(ranking, column, labelOf) {
  if (ranking.length === 0) return say('ranking.nothing');
  const sorted = sortRanking(ranking, column);
  const measure = column.title;
  if (scoreOf(sorted[0], column) === null) return sayNone(ranking, column);
  const first = sorted.filter((rank) => isTie(rank, sorted[0], column)).map((rank) => labelOf(rank.index));
  if (first.length === 1) return say('ranking.wins', { name: first[0], measure });
  if (first.length > 3) return say('ranking.many-tie', { n: first.length, all: ranking.length, measure });
  return say('ranking.tie', { names: sayList(first), measure });
}
