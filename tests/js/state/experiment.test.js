// @ts-check
/** The experiment document is changed by functions that leave what they are given as it was. */
import assert from 'node:assert/strict';
import test from 'node:test';

import { addOptimizer, duplicateOptimizer, moveOptimizer, setHyper, setSchedule, setSurface } from '../../../static/js/state/experiment.js';

/** @typedef {import('../../../static/js/core/types.js').Catalog} Catalog */
/** @typedef {import('../../../static/js/core/types.js').Experiment} Experiment */
/** @typedef {import('../../../static/js/core/types.js').OptimizerChoice} OptimizerChoice */

/** @param {string} id @param {number | boolean | null} usual */
const param = (id, usual) => ({ id, default: usual, kind: typeof usual === 'boolean' ? 'switch' : 'number' });

const CATALOG = frozen(/** @type {Catalog} */ (/** @type {unknown} */ ({
  surfaces: [
    { id: 'bowl', start: [1, 2], params: [] },
    { id: 'valley', start: [-1, 3], params: [param('depth', 5)] },
  ],
  profiles: {
    'surface/bowl': { rates: { plain: 0.1, heavy: 0.02 }, rate: 0.5 },
    'surface/valley': { rates: { heavy: 0.003 }, rate: 0.01 },
  },
  optimizers: [{ id: 'sgd', params: [param('lr', null), param('momentum', 0), param('nesterov', false)] }],
  presets: [
    { id: 'plain', title: 'Plain', optimizer: 'sgd', settings: {} },
    { id: 'heavy', title: 'Heavy', optimizer: 'sgd', settings: { momentum: 0.9 } },
    { id: 'ahead', title: 'Ahead', optimizer: 'sgd', settings: { momentum: 0.9, nesterov: true } },
  ],
  schedules: [{ id: 'constant', params: [] }, { id: 'decay', params: [param('gamma', 0.9)] }],
  warmup: [param('warmup', 0)],
})));

/** `value`, which throws where it is changed. @template T @param {T} value @returns {T} */
function frozen(value) {
  if (value && typeof value === 'object') Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

/** @param {string} label @param {Record<string, unknown>} fields @returns {OptimizerChoice} */
function optimizer(label, fields = {}) {
  return { name: 'sgd', label, lr: 0.5, momentum: 0, nesterov: false, schedule: { name: 'constant', warmup: 7 }, ...fields };
}

/** @param {OptimizerChoice[]} optimizers */
function experiment(...optimizers) {
  const document = { objective: { kind: 'surface', name: 'bowl', params: {} }, start: [9, 9], optimizers };
  return frozen(/** @type {Experiment} */ (/** @type {unknown} */ (document)));
}

/** @param {Experiment} document */
const labels = (document) => document.optimizers.map((each) => each.label);

test('a new optimizer has every field and the rate of its surface', () => {
  assert.deepEqual(addOptimizer(experiment(), CATALOG, 'heavy').optimizers, [
    { name: 'sgd', label: 'Heavy', lr: 0.02, momentum: 0.9, nesterov: false, schedule: { name: 'constant', warmup: 0 } },
  ]);
});

test('labels stay apart', () => {
  const before = experiment(optimizer('Plain'), optimizer('Plain 2'));
  assert.deepEqual(labels(addOptimizer(before, CATALOG, 'plain')), ['Plain', 'Plain 2', 'Plain 3']);
  assert.deepEqual(labels(duplicateOptimizer(before, 0)), ['Plain', 'Plain 3', 'Plain 2']);
});

test('an optimizer moves to its place', () => {
  const before = experiment(...[...'abc'].map((label) => optimizer(label)));
  for (const [from, to, order] of /** @type {const} */ ([[0, 2, 'bca'], [2, 0, 'cab'], [1, 1, 'abc']])) {
    assert.equal(labels(moveOptimizer(before, from, to)).join(''), order);
  }
});

test('another surface brings its start, its params and its rates', () => {
  const after = setSurface(experiment(optimizer('mine', { momentum: 0.8 }), optimizer('Plain')), CATALOG, 'valley');
  assert.deepEqual(after.objective, { kind: 'surface', name: 'valley', params: { depth: 5 } });
  assert.deepEqual(after.start, [-1, 3]);
  assert.deepEqual(after.optimizers.map((each) => each.lr), [0.003, 0.01]);
});

test('a label of a preset follows the settings, and one of a person stays', () => {
  for (const [label, expected] of [['Heavy', 'Ahead'], ['Heavy 2', 'Ahead'], ['my own', 'my own']]) {
    assert.deepEqual(labels(setHyper(experiment(optimizer(label, { momentum: 0.8 })), 0, 'nesterov', true, CATALOG)), [expected]);
  }
});

test('another schedule keeps the warm-up', () => {
  const after = setSchedule(experiment(optimizer('a')), CATALOG, 0, 'decay');
  assert.deepEqual(after.optimizers[0].schedule, { name: 'decay', gamma: 0.9, warmup: 7 });
});
