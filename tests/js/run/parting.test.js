// @ts-check
import assert from 'node:assert/strict';
import test from 'node:test';

import { apart, nearestEntry } from '../../../static/js/run/parting.js';

test('the entry of a plane nearest to a step', () => {
  assert.deepEqual([0, 1, 4, 6, 9, 50].map((step) => nearestEntry([0, 5, 10], step)), [0, 0, 1, 1, 2, 2]);
});

test('how far two losses are apart, as a part of the larger', () => {
  assert.deepEqual([apart(2, 1), apart(0, 0), apart(null, 1), apart(null, null)], [0.5, 0, 1, 0]);
});
