// @ts-check
/** What a line chart shows of a race: which numbers, as which lines. Pure. */

import { formatNumber } from '../core/format.js';
import { lowestOf } from './curvescale.js';

/** @typedef {import('../core/types.js').Race} Race */
/** @typedef {import('../core/types.js').View['curve']} Metric */
/** @typedef {import('../state/subjects.js').Subject} Subject */
/** @typedef {'only'|'train'|'test'|'batch'} Role */
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

/** @typedef {{title: string, linear?: boolean, least?: number, share?: boolean, of: (race: Race, distances: Float64Array[]) => [Role, Float64Array[]][]}} Chart */

/** @type {Chart['of']} */
const trained = (race) => {
  const { objective } = race.experiment;
  /** @type {ReturnType<Chart['of']>} */
  const batches = objective.kind === 'model' && objective.batch_size !== null ? [['batch', race.loss]] : [];
  return [...batches, ['test', race.testLoss], ['train', race.trainLoss]];
};
/** @type {Chart['of']} */
const scored = (race) => [['test', race.testScore], ['train', race.trainScore]];

/** @type {Record<'gradient'|'rate', Chart>} */
const EVERYWHERE = {
  gradient: { title: 'gradient norm', of: (race) => [['only', race.gradNorm]] },
  rate: { title: 'learning rate', of: (race) => [['only', race.lr]] },
};

/** @type {Record<Subject, Partial<Record<Metric, Chart>>>} */
const CHARTS = {
  surface: {
    ...EVERYWHERE,
    loss: { title: 'loss', of: (race) => [['only', race.loss]] },
    distance: { title: 'distance to a minimum', of: (_, distances) => [['only', distances]] },
  },
  classifier: { ...EVERYWHERE, loss: { title: 'loss', of: trained }, accuracy: { title: 'accuracy', linear: true, share: true, of: scored } },
  regressor: { ...EVERYWHERE, loss: { title: 'loss', of: trained }, accuracy: { title: 'R²', linear: true, least: -1, of: scored } },
};

/**
 * What a metric shows of a race; its loss, where this subject has no such metric.
 * @param {Race} race @param {Float64Array[]} distances @param {Subject} subject @param {Metric} metric @param {boolean} log @returns {Series}
 */
export function seriesOf(race, distances, subject, metric, log) {
  const chart = /** @type {Chart} */ (CHARTS[subject][metric] ?? CHARTS[subject].loss);
  const lines = chart.of(race, distances).flatMap(([role, all]) => all.map((values, index) => ({ index, role, values })));
  const { title, linear = false, least = -Infinity, share = false } = chart;
  const lowest = title === 'loss' && log ? Math.min(...lines.map(({ values }) => lowestOf(values))) : 1;
  if (lowest >= 0) return { lines, base: 0, title, linear, least, share };
  return { lines, base: lowest, title: `loss above ${formatNumber(lowest)}`, linear, least, share };
}

/** The latest number up to a step, and the step at which it was measured. @param {Float64Array} values @param {number} step */
export function knownAt(values, step) {
  let at = step;
  while (at > 0 && Number.isNaN(values[at])) at -= 1;
  return { step: at, value: values[at] };
}
