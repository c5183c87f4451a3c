// @ts-check
/** Levels of a field: what its colours and lines stand for. */
import assert from 'node:assert/strict';
import test from 'node:test';

import { barTicks, levelGrid, levelsOf, steadyLevels } from '../../../../static/js/views/ground/levels.js';
import { near } from '../../near.js';

/** @param {(number | null)[][]} z */
const fieldOf = (z) => ({ x: z[0].map((_, at) => at), y: z.map((_, at) => at), z });

test('log levels give losses back and label only losses that exist', () => {
  const field = fieldOf([[3, 13, 103], [1003, null, 500]]);
  const levels = levelsOf(field, { log: true, lowest: 3 });
  near([3, 13, 1003].map((loss) => levels.toLoss(levels.toLevel(loss))), [3, 13, 1003]);
  const grid = levelGrid(field, levels);
  assert.equal(grid[1][1], null);
  near(grid[0][1], Math.log10(10 + 1000 * 5e-5), 0.05);
  const texts = barTicks(levels, 0.1).map(({ text }) => text);
  assert.ok(texts.includes('100'));
  assert.ok(!texts.some((text) => text.startsWith('−')));
});

for (const [low, high] of [[0.6929, 0.6932], [0.69314, 0.69316], [1000, 1000.4]]) {
  test(`losses from ${low} to ${high} are labelled in digits that tell them apart`, () => {
    const levels = levelsOf(fieldOf([[low, high], [low, high]]), { log: false, lowest: null });
    const texts = barTicks(levels, 0.1).map(({ text }) => text);
    assert.equal(new Set(texts).size, texts.length);
    assert.ok(texts.length >= 3);
    assert.ok(Math.max(...texts.map(({ length }) => length)) <= 8);
  });
}

test('a flat field has levels', () => {
  const levels = levelsOf(fieldOf([[7, 7], [7, 7]]), { log: true, lowest: null });
  assert.ok(levels.size > 0);
  assert.ok(levels.low <= 7 && levels.high > 7);
});

test('colours stay while a picture gets sharper unless they were far off', () => {
  const of = (/** @type {number[]} */ ...[a, b, c, d]) => levelsOf(fieldOf([[a, b], [c, d]]), { log: false, lowest: 0 });
  const now = of(0, 4, 8, 10);
  assert.equal(steadyLevels(now, of(-1, 4, 8, 11)), now);
  assert.notEqual(steadyLevels(now, of(0, 40, 80, 100)), now);
  assert.equal(steadyLevels(null, now), now);
});
