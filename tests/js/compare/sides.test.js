// @ts-check
/** What two sides share: how far the player goes, and their colours. */
import assert from 'node:assert/strict';
import test from 'node:test';

import { reach } from '../../../static/js/compare/shared.js';
import { pairStyles } from '../../../static/js/compare/styles.js';

/** A side whose race has so many entries of so many steps. @param {number} steps @param {number} entries @param {boolean} complete */
const racing = (steps, entries, complete) => ({ race: { steps, entries, complete }, pending: null, awaiting: false });
const PENDING = { race: null, pending: {}, awaiting: false };
const AWAITED = { race: null, pending: null, awaiting: true };

/** @type {[unknown[], Record<string, unknown>][]} */
const REACHES = [
  [[], { last: 0, growing: false, entries: 1 }],
  [[racing(200, 201, true), racing(50, 51, true)], { last: 200, growing: false, steps: 200 }],
  [[racing(200, 80, false), racing(50, 51, true)], { last: 79, growing: true, steps: 200 }],
  [[racing(200, 80, false), racing(500, 30, false)], { last: 29, growing: true, steps: 500 }],
  [[racing(200, 201, true), PENDING], { last: 0, growing: true, steps: 200 }],
  [[racing(200, 201, true), AWAITED], { last: 0, growing: true, steps: 200 }],
];

for (const [sides, expected] of REACHES) {
  test(`the player goes as far as both are known: ${JSON.stringify(sides)}`, () => {
    const found = reach(/** @type {any} */ (sides));
    assert.deepEqual({ ...found, ...expected }, found);
  });
}

test('the same optimizer has the same colour on both sides', () => {
  const left = [{ slot: 4, hidden: false }, { slot: 1, hidden: false }];
  const right = [{ slot: 0, hidden: true }, { slot: 1, hidden: false }];
  const found = pairStyles(left, right, [[0, 1], [1, null], [null, 0]]);
  assert.deepEqual(found.left, left);
  assert.deepEqual(found.right, [{ slot: 0, hidden: true }, { slot: 4, hidden: false }]);
});
