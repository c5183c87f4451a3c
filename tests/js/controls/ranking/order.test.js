// @ts-check
/** Who is said to win: no false winner, no winner among the lost. */
import assert from 'node:assert/strict';
import test from 'node:test';

import { columnsOf, formatMeasure, formatWinner, measureOf, placesOf, scoreOf, sortRanking } from '../../../../static/js/controls/ranking/order.js';
import { catalog } from '../../given.js';

/** @typedef {import('../../../../static/js/core/types.js').Rank} Rank */

const SURFACE = catalog().profiles['surface/booth'];

/** @param {number} index @param {Rank['values']} values @param {'step-limit' | 'diverged'} kind @returns {Rank} */
function rankOf(index, values, kind = 'step-limit') {
  const outcome = { kind, step: 9, message: '', key: '', evaluations: 10, stable_below: null };
  return { index, values, outcome };
}

/** A ranking of these final losses; null: diverged. @param {(number | null)[]} finals */
function ranked(finals) {
  return finals.map((final, index) => rankOf(index, { final, length: 1 }, final === null ? 'diverged' : 'step-limit'));
}

/** @param {number} index */
const letter = (index) => 'ABCDE'[index];

/** @type {[(number | null)[], string, (number | null)[]][]} */
const SENTENCES = [
  [[2, 1], 'B wins by final loss.', [1, 2]],
  [[1, 1], 'A and B tie by final loss.', [1, 1]],
  [[3.00001, 2.99999, 4], 'B and A tie by final loss.', [1, 1, 3]],
  [[5, 5, 5, 5, 6], '4 of 5 tie by final loss.', [1, 1, 1, 1, 5]],
  [[null, 7], 'B wins by final loss.', [1, null]],
  [[null, null], 'Every path diverged: try lower learning rates.', [null, null]],
  [[], 'Nothing to compare yet.', []],
];

for (const [finals, words, places] of SENTENCES) {
  test(`the sentence and the places of ${JSON.stringify(finals)}`, () => {
    const column = measureOf(SURFACE, 'final');
    assert.equal(formatWinner(ranked(finals), column, letter), words);
    assert.deepEqual(placesOf(sortRanking(ranked(finals), column), column), places);
  });
}

test('a path that diverged at a low loss does not win', () => {
  const ranking = [rankOf(0, { final: 0 }, 'diverged'), rankOf(1, { final: 1 })];
  assert.equal(formatWinner(ranking, measureOf(SURFACE, 'final'), letter), 'B wins by final loss.');
});

test('nobody arrives', () => {
  for (const finals of [[1], [1, 2]]) {
    assert.equal(formatWinner(ranked(finals), measureOf(SURFACE, 'steps'), letter), 'None has arrived at the minimum.');
  }
});

test('the whole table counts gradients even of a lost path', () => {
  const rank = rankOf(0, { length: 1 }, 'diverged');
  rank.outcome = { kind: 'diverged', step: 9, message: '', key: '', evaluations: 12345, stable_below: null };
  const [evaluations, length] = [measureOf(SURFACE, 'evaluations'), measureOf(SURFACE, 'length')];
  assert.match(columnsOf(SURFACE).at(-1)?.help ?? '', /L-BFGS/);
  assert.equal(formatMeasure(rank, evaluations), '12,345');
  assert.equal(scoreOf(rank, evaluations), 12345);
  assert.equal(scoreOf(rank, length), null);
});

/** @type {[string, string, string, string[]][]} */
const LEARNED = [
  ['mlp/moons', 'final', 'A wins by final train loss.', ['0.1000', '0.2000']],
  ['mlp/moons', 'score', 'B wins by test accuracy.', ['95.0 %', '90.0 %']],
  ['mlp/sine', 'score', 'B wins by test R².', ['0.9500', '0.9000']],
  ['mlp/sine', 'steps', 'None has come down to a tenth of the first loss.', ['–', '–']],
  ['mlp/moons', 'distance', 'A wins by final train loss.', ['0.1000', '0.2000']],
];

for (const [names, measure, words, shown] of LEARNED) {
  test(`${names} is judged by what it learned: ${measure}`, () => {
    const ranking = [[0.1, 0.9], [0.2, 0.95]].map(([final, score], index) => rankOf(index, { final, best: final, test: final, score }));
    const column = measureOf(catalog().profiles[`model/${names}`], measure);
    assert.equal(formatWinner(ranking, column, letter), words);
    assert.deepEqual(sortRanking(ranking, column).map((rank) => formatMeasure(rank, column)), shown);
  });
}
