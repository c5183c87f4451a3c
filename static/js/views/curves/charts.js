// @ts-check
/** What a line chart shows of a race: which numbers, as which lines. Pure. */

import { formatNumber } from '../../core/format.js';
import { say } from '../../core/words.js';
import { numbersOf } from '../../run/ranking.js';
import { offeredOr } from '../../state/profiles.js';
import { lowestOf } from './scale.js';

/** @typedef {import('../../core/types.js').Race} Race */
/** @typedef {import('../../core/profiletypes.js').Role} Role */
/** @typedef {{index: number, role: Role, values: Float64Array}} Line  of the optimizer `index`; NaN where nothing was measured */

/**
 * @typedef {Object} Series
 * @property {Line[]} lines  those behind first
 * @property {number} base  what a logarithmic axis measures from
 * @property {string} title
 * @property {boolean} linear  not to be seen on a logarithmic axis
 * @property {number} least  what is lower does not stretch the axis
 * @property {boolean} share  reads best in percent
 */

/**
 * What a curve shows of a race; the usual one, where its objective has no such curve.
 * @param {Race} race @param {Float64Array[]} distances @param {string} chosen @param {boolean} log @returns {Series}
 */
export function seriesOf(race, distances, chosen, log) {
  const curve = offeredOr(race.profile.curves, chosen);
  const lines = curve.lines.toReversed().flatMap(({ column, role }) =>
    numbersOf(race, distances, column).map((values, index) => ({ index, role, values })));
  const series = { lines, linear: !curve.log, least: curve.least ?? -Infinity, share: curve.share };
  const lowest = log && curve.log ? Math.min(...lines.map(({ values }) => lowestOf(values))) : 0;
  if (lowest >= 0) return { ...series, base: 0, title: curve.title };
  return { ...series, base: lowest, title: say('curves.above', { curve: curve.title, lowest: formatNumber(lowest) }) };
}

/** The latest number up to a step, and the step at which it was measured. @param {Float64Array} values @param {number} step */
export function knownAt(values, step) {
  let at = step;
  while (at > 0 && Number.isNaN(values[at])) at -= 1;
  return { step: at, value: values[at] };
}
