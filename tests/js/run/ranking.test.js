// @ts-check
/** What a race is ranked by. */
import assert from 'node:assert/strict';
import test from 'node:test';

import { rank } from '../../../static/js/run/ranking.js';

/** One optimizer's values, null where nothing was measured. @param {(number | null)[]} values */
const gaps = (...values) => [Float64Array.from(values, (value) => value ?? NaN)];

/** Of a start of 2, a tenth is 0.2: first seen at step 2. */
test('what was not measured at every step counts where it was', () => {
  const race = {
    kind: 'model', labels: ['A'], lengths: [5], outcomes: null, x: gaps(null, null, null, null, null, null),
    trainLoss: gaps(2, null, 0.15, null, 0.3, null), testLoss: gaps(3, null, 1, null, 0.5, null),
    testScore: gaps(0.5, null, 0.75, null, null, null),
  };
  const found = rank(/** @type {any} */ (race), [], [])[0];
  const { final, best, test: tested, score, steps, distance, length } = found;
  assert.deepEqual(
    { final, best, tested, score, steps, distance, length },
    { final: 0.3, best: 0.15, tested: 0.5, score: 0.75, steps: 2, distance: null, length: null },
  );
});
