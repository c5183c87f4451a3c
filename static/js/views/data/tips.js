// @ts-check
/** The numbers under the pointer, over the data. Pure. */

import { formatNumber } from '../../core/format.js';
import { say } from '../../core/words.js';
import { fitAt } from './fit.js';

/** @typedef {import('../../core/types.js').ModelData} ModelData */
/** @typedef {import('./marks.js').Sample} Sample */
/** @typedef {import('./bars.js').Share} Share */
/** @typedef {{rows: [string, string][]}} Rows */

const DIGITS = 4;
const SHARE = 3; // decimals of a probability
const LEVEL = 1 / 255; // the levels that probabilities are told in are so far apart

/** What is under the pointer, if it is a sample. @param {ModelData} data @param {Sample|null} near @returns {[string, string][]} */
function sampleRow(data, near) {
  if (!near) return [];
  const what = data.labels.length > 0 ? data.labels[near.target] : formatNumber(near.target, DIGITS);
  return [[say(near.test ? 'data.test-sample' : 'data.train-sample'), what]];
}

/** No surer than the levels tell. @param {number} probability */
function formatProbability(probability) {
  if (Number.isNaN(probability)) return '–';
  if (probability < LEVEL / 2) return `< ${(LEVEL / 2).toFixed(SHARE)}`;
  if (probability > 1 - LEVEL / 2) return `> ${(1 - LEVEL / 2).toFixed(SHARE)}`;
  return probability.toFixed(SHARE);
}

/** @param {ModelData} data @param {{x: number, y: number}} spot @param {{label: number, probability: number}} word @param {Sample|null} near @returns {Rows} */
export function gridTip(data, spot, word, near) {
  return {
    rows: [
      ...sampleRow(data, near),
      [data.features[0] ?? 'x', formatNumber(spot.x, DIGITS)],
      [data.features[1] ?? 'y', formatNumber(spot.y, DIGITS)],
      [`P(${data.labels[word.label]})`, formatProbability(word.probability)],
    ],
  };
}

/** @param {ModelData} data @param {import('./fit.js').Fit|null} curve @param {number} x @param {Sample|null} near @returns {Rows} */
export function fitTip(data, curve, x, near) {
  /** @type {[string, string][]} */
  const says = curve ? [[say('data.model'), formatNumber(fitAt(curve, x), DIGITS)]] : [];
  return { rows: [...sampleRow(data, near), [data.features[0] ?? 'x', formatNumber(x, DIGITS)], ...says] };
}

/** @param {{train: Share[], test: Share[], labels: string[]}} shares @param {number} label @returns {Rows|null} */
export function barsTip({ train, test, labels }, label) {
  if (!(label in labels)) return null;
  const words = (/** @type {Share} */ { right, all }) => say('data.right-of', { right: String(right), all: String(all) });
  return { rows: [[say('data.class'), labels[label]], [say('data.train-right'), words(train[label])], [say('data.test-right'), words(test[label])]] };
}
