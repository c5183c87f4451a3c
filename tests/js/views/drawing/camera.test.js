// @ts-check
/** What is seen from above, against values worked out by hand. */
import assert from 'node:assert/strict';
import test from 'node:test';

import { askedRange, fitRange, projection, toldRange, zoomAt } from '../../../../static/js/views/drawing/camera.js';
import { planeGround } from '../../../../static/js/views/ground/ground.js';

/** @typedef {import('../../../../static/js/core/types.js').Range} Range */

/** @type {Range} */
const WINDOW = { x: [-2, 2], y: [-1, 3] };

test('a fit widens the shorter side only', () => {
  assert.deepEqual(fitRange(WINDOW, 800, 400), { x: [-4, 4], y: [-1, 3] });
  assert.deepEqual(fitRange(WINDOW, 400, 800), { x: [-2, 2], y: [-3, 5] });
});

test('zoom holds the point under the pointer', () => {
  assert.deepEqual(zoomAt({ x: [-1, 3], y: [-4, 4] }, 1, 0, 0.5), { x: [0, 2], y: [-2, 2] });
});

/** Beside a window of 4 by 4: at most 50 times as large, and its middle at most 200 away. */
test('what a link asks for is shown where it can be looked at', () => {
  /** @type {[number[] | null, Range][]} */
  const cases = [
    [[-1, 0.5, 0, 3], { x: [-1, 0.5], y: [0, 3] }],
    [[-199, 0, 0, 1], { x: [-199, 0], y: [0, 1] }],
    [null, WINDOW],
    [[-202, 0, 0, 1], WINDOW],
    [[0, 1, 0, 1e-6], WINDOW],
    [[400, 401, 0, 1], WINDOW],
  ];
  for (const [asked, shown] of cases) assert.deepEqual(askedRange(asked, WINDOW), shown);
});

test('a range is told in few digits', () => {
  assert.deepEqual(toldRange({ x: [-6.533071564, 4.589121698], y: [-6.616087, 1234.5678949] }), [-6.53, 4.59, -6.62, 1234.57]);
  assert.deepEqual(toldRange({ x: [1.00000012345, 1.00000022345], y: [0, 5e-8] }), [1.00000012345, 1.00000022345, 0, 5e-8]);
});

test('projection turns y up and comes back', () => {
  const { toX, toY, fromX, fromY, unit } = projection({ x: [0, 10], y: [0, 5] }, { left: 20, top: 10, width: 100, height: 50 });
  assert.deepEqual([toX(1), toY(5), toY(0)], [30, 10, 60]);
  assert.deepEqual([fromX(30), fromY(60), unit], [1, 0, 0.1]);
});

/** Half of the longer side, 10, around the same middle. */
test('a plane along which little happens one way is shown wider', () => {
  const plane = { plane: { name: 'principal' }, axes: ['a', 'b'], window: { x: [0, 10], y: [2, 3] } };
  assert.deepEqual(planeGround(/** @type {any} */ (plane)).window, { x: [0, 10], y: [0, 5] });
});
