// @ts-check
/** What a race is ranked by. */
import assert from 'node:assert/strict';
import test from 'node:test';

import { distances, rank } from '../../../static/js/run/ranking.js';
import { catalog } from '../given.js';

/** One optimizer's values, null where nothing was measured. @param {(number | null)[]} values */
const gaps = (...values) => [Float64Array.from(values, (value) => value ?? NaN)];

/** Of a start of 2, a tenth is 0.2: first seen at step 2. */
test('what was not measured at every step counts where it was', () => {
  const race = {
    profile: catalog().profiles['model/mlp/moons'], labels: ['A'], lengths: [5], outcomes: null, x: gaps(null, null, null, null, null, null),
    columns: {
      train_loss: gaps(2, null, 0.15, null, 0.3, null), test_loss: gaps(3, null, 1, null, 0.5, null),
      test_score: gaps(0.5, null, 0.75, null, null, null),
    },
  };
  assert.deepEqual(rank(/** @type {any} */ (race), [])[0].values, { final: 0.3, best: 0.15, test: 0.5, score: 0.75, steps: 2 });
});

/** Booth has its minimum, 0, at (1, 3): a thousandth of 50 is left at step 2. */
test('a path is ranked by its losses, its way and where it ended', () => {
  const [x, y] = [gaps(1, 1, 1, null), gaps(0, 4, 3.5, null)];
  const race = {
    profile: catalog().profiles['surface/booth'], labels: ['A'], lengths: [3], outcomes: null, x, y,
    columns: { loss: gaps(50, 0.25, 0.04, null) },
  };
  const away = distances(/** @type {any} */ (race));
  assert.deepEqual([...away[0]], [3, 1, 0.5, NaN]);
  const expected = { final: 0.04, best: 0.04, steps: 2, distance: 0.5, length: 4.5 };
  assert.deepEqual(rank(/** @type {any} */ (race), away)[0].values, expected);
  const lost = { ...race, outcomes: [{ kind: 'diverged' }] };
  assert.deepEqual(rank(/** @type {any} */ (lost), away)[0].values, { ...expected, final: null, distance: null });
});
