// @ts-check
import assert from 'node:assert/strict';
import test from 'node:test';

import { clipSegment, segment } from '../../../../static/js/views/drawing/clip.js';
import { near } from '../../near.js';

const BOX = { left: 0, top: 0, width: 10, height: 10 };

test('segments are cut to the box', () => {
  /** @type {[[number, number, number, number], number[] | null][]} */
  const cases = [
    [[2, 2, 8, 8], [2, 2, 8, 8]],
    [[-5, 5, 15, 5], [0, 5, 10, 5]],
    [[5, 5, 5, 1e12], [5, 5, 5, 10]],
    [[-1e12, 5, 1e12, 5], [0, 5, 10, 5]],
    [[-5, -5, -1, 20], null],
    [[5, NaN, 5, 5], null],
  ];
  for (const [ends, expected] of cases) {
    const found = clipSegment(BOX, ...ends) ? [segment.ax, segment.ay, segment.bx, segment.by] : null;
    if (expected === null) assert.equal(found, null);
    else near(found, expected, 1e-3);
  }
});
