// @ts-check
/** A typed function in a document and in an address. */
import assert from 'node:assert/strict';
import test from 'node:test';

import { readAddress } from '../../../static/js/state/readaddress.js';
import { repair } from '../../../static/js/state/repair.js';
import { setConstantRange, setWindow, typedDraft, typedOf } from '../../../static/js/state/typed.js';
import { initialView } from '../../../static/js/state/view.js';
import { writeAddress } from '../../../static/js/state/writeaddress.js';
import { catalog } from '../given.js';

const OBJECTIVE = {
  kind: 'surface', expression: '(a-x)^2+2e3*b/y', params: { a: 1, b: -2.5 }, ranges: { a: [-5, 5], b: [-3, 0] }, window: [[-2, 2], [1, 3]],
};
const SGD = { name: 'sgd', label: 'Gradient descent', lr: 0.123, momentum: 0, schedule: { name: 'constant' } };
/** @type {any} */
const EXPERIMENT = { version: 1, objective: OBJECTIVE, start: [1, 2], optimizers: [SGD], steps: 300 };

test('an address has all of it, and is read as the same', () => {
  const address = writeAddress(EXPERIMENT, initialView(), catalog());
  assert.equal(address.split('&start')[0], '?v=1&f=(a-x)%5E2%2B2e3*b%2Fy&f.b=-2.5&f.range.b=-3,0&f.window=-2,2,1,3');
  const { draft, problems } = readAddress(address, catalog());
  assert.deepEqual(problems, []);
  assert.deepEqual(draft?.objective, { ...OBJECTIVE, params: { b: -2.5 }, ranges: { b: [-3, 0] } });
});

test('an address that was encoded once more says the same', () => {
  for (const sign of ['f=x%5E2%2By', 'f=x%255E2%252By', 'f=x^2%2By']) {
    assert.equal(readAddress(`?v=1&${sign}`, catalog()).draft?.objective.expression, 'x^2+y', sign);
  }
});

test('a window that is none is left for the server to judge', () => {
  assert.equal(readAddress('?f=x&f.window=3', catalog()).draft?.objective.window, 3);
});

test('another text keeps the constants that are still in it, and the rates that were chosen', () => {
  const chosen = { ...EXPERIMENT, optimizers: [SGD, { ...SGD, lr: 0.01 }] };
  const known = { ...catalog(), profiles: { [JSON.stringify(['surface', OBJECTIVE.expression, OBJECTIVE.window])]: { rates: {}, rate: 0.01 } } };
  const draft = /** @type {any} */ (typedDraft(/** @type {any} */ (known), chosen, 'a1 x + 3b + 2e5', false));
  assert.deepEqual(draft.objective, { kind: 'surface', expression: 'a1 x + 3b + 2e5', params: { b: -2.5 }, ranges: { b: [-3, 0] } });
  assert.deepEqual(draft.optimizers.map((/** @type {any} */ each) => each.lr), [0.123, undefined]);
  assert.equal('start' in draft, false);
  assert.deepEqual(/** @type {any} */ (typedDraft(/** @type {any} */ (known), chosen, 'x', true)).objective.window, OBJECTIVE.window);
});

test('a range and a window are changed alone', () => {
  assert.deepEqual(typedOf(setConstantRange(EXPERIMENT, 'a', [0, 1]))?.ranges, { a: [0, 1], b: [-3, 0] });
  assert.deepEqual(typedOf(setWindow(EXPERIMENT, [[0, 1], [0, 1]]))?.window, [[0, 1], [0, 1]]);
  assert.equal(typedOf({ objective: { kind: 'surface', name: 'booth', params: {} } }), null);
});

test('of a link whose function is none the rest is kept', () => {
  const error = { path: '', at: ['objective', 'expression', 7], message: '' };
  const mended = repair(EXPERIMENT, [error], 64);
  assert.equal('objective' in mended || 'start' in mended, false);
  assert.deepEqual(mended.optimizers, [SGD]);
});
