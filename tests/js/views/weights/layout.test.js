// @ts-check
import assert from 'node:assert/strict';
import test from 'node:test';

import { weightName } from '../../../../static/js/views/weights/layout.js';

test('a weight is named by its place in its tensor', () => {
  const tensor = /** @type {any} */ ({ name: 'conv2.weight', shape: [12, 6, 3, 3] });
  assert.equal(weightName(tensor, (7 * 6 + 4) * 9 + 5), 'conv2.weight[7, 4, 1, 2]');
});
