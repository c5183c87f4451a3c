// @ts-check
/** The axes of curves. */
import assert from 'node:assert/strict';
import test from 'node:test';

import { seriesOf } from '../../../../static/js/views/curves/charts.js';
import { axisTicks, steadySpan, valueSpan } from '../../../../static/js/views/curves/scale.js';
import { catalog } from '../../given.js';
import { near } from '../../near.js';

/** The axis of these losses, one list a trajectory; null: not finite. @param {(number | null)[][]} losses @param {boolean} log */
function axisOf(losses, log) {
  const runs = losses.map((values) => Float64Array.from(values, (value) => value ?? NaN));
  const race = { profile: catalog().profiles['surface/booth'], columns: { loss: runs } };
  const series = seriesOf(/** @type {any} */ (race), [], 'loss', log);
  const span = valueSpan(series, runs.map(() => ({ slot: 0, hidden: false })), log);
  assert.ok(span);
  return { title: series.title, span: /** @type {[number, number]} */ (span) };
}

test('a diverging run does not squash the others', () => {
  near(axisOf([[10, 5, 1], [10, 1e5, 1e30, null]], false).span, [0, 10.5]);
  const [, high] = axisOf([[10, 100, 1000, 1e9]], true).span;
  assert.ok(high > 1 && high < 4);
});

test('a log axis starts from the lowest loss where losses are negative', () => {
  const { title, span } = axisOf([[-10, -70, -78]], true);
  assert.equal(title, 'loss above −78');
  assert.ok(span[0] < Math.log10(8) && Math.log10(68) < span[1]);
});

test('the axis stays while the data fit', () => {
  assert.deepEqual(steadySpan([0, 10], [1, 8]), [0, 10]);
  assert.deepEqual(steadySpan([0, 10], [0, 12]), [0, 12]);
  assert.deepEqual(steadySpan([0, 10], [0, 2]), [0, 2]);
});

test('log ticks are powers of ten', () => {
  const { at, text } = axisTicks([-6.2, 2.1], true, 5);
  assert.deepEqual(at, [-6, -4, -2, 0, 2]);
  assert.deepEqual(text, ['10⁻⁶', '10⁻⁴', '0.01', '1', '100']);
});
