// @ts-check
import assert from 'node:assert/strict';
import test from 'node:test';

import { decadesAround } from '../../../../static/js/controls/params/scale.js';

test('the range of a rate is five decades around what suits', () => {
  assert.deepEqual(decadesAround(0.02), [1e-5, 1]);
  assert.deepEqual(decadesAround(20), [0.01, 1000]);
  assert.deepEqual(decadesAround(5e-6), [1e-8, 1e-3]);
});
