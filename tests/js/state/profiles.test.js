// @ts-check
/** What objectives say of themselves is found by their names, or came with a run. */
import assert from 'node:assert/strict';
import test from 'node:test';

import { allCurves, groundOf, learnProfile, profileOf } from '../../../static/js/state/profiles.js';
import { fittingView, initialView } from '../../../static/js/state/view.js';
import { readView } from '../../../static/js/state/viewdocument.js';
import { seriesOf } from '../../../static/js/views/curves/charts.js';
import { createRace } from '../../../static/js/run/race.js';
import { catalog } from '../given.js';

/** @param {Record<string, any>} objective @returns {any} */
const experimentOf = (objective) => ({ objective, steps: 2, optimizers: [{ label: 'a' }] });

test('what has a name is found by it, however it is set', () => {
  const surface = experimentOf({ kind: 'surface', name: 'quadratic', params: { condition: 7 } });
  assert.equal(profileOf(catalog(), surface), catalog().profiles['surface/quadratic']);
  const model = experimentOf({ kind: 'model', model: { name: 'mlp', hidden: [2] }, dataset: { name: 'sine' } });
  assert.equal(profileOf(catalog(), model).curves[1].title, 'R²');
});

test('of a name that nobody knows, the first of its kind stands in', () => {
  assert.equal(profileOf(catalog(), experimentOf({ kind: 'model', model: { name: 'no' } })).tabs[0], 'data');
  assert.equal(profileOf(catalog(), experimentOf({ kind: 'surface', name: 'no' })).tabs[0], '2d');
});

/** @param {string} expression @param {number} a */
const typed = (expression, a = 1) => experimentOf({ kind: 'surface', expression, params: { a }, ranges: {}, window: [[-1, 1], [-1, 1]] });

/** An objective of no name, with a number at each step of its own. */
const TYPED = typed('a*x^2');
const PROFILE = {
  ...catalog().profiles['surface/booth'], id: 'typed', told: [...catalog().profiles['surface/booth'].told, { ...catalog().profiles['surface/booth'].told[0], id: 'bend' }],
  curves: [{ id: 'bend', title: 'bend', name: 'Bend', short: '', lines: [{ column: 'bend', role: /** @type {const} */ ('only') }], log: false, least: null, share: false }],
};

test('what came with a run is known from then on, and what the catalogue has stays', () => {
  const known = { ...catalog(), profiles: { ...catalog().profiles } };
  learnProfile(known, TYPED, PROFILE);
  assert.equal(profileOf(known, TYPED), PROFILE);
  assert.equal(profileOf(known, typed('a*x^2', 7)), PROFILE);
  assert.notEqual(profileOf(known, typed('x^4')), PROFILE);
  learnProfile(known, experimentOf({ kind: 'surface', name: 'booth', params: {} }), PROFILE);
  assert.equal(known.profiles['surface/booth'], catalog().profiles['surface/booth']);
  assert.notEqual(groundOf(TYPED), groundOf(typed('x^4')));
});

test('what a typed function says of itself is what it said last', () => {
  const known = { ...catalog(), profiles: { ...catalog().profiles } };
  const own = { formula: '', params: [], start: /** @type {[number, number]} */ ([0, 0]) };
  learnProfile(known, TYPED, { ...PROFILE, own, rate: 1 });
  learnProfile(known, typed('a*x^2', 2), { ...PROFILE, own, rate: 2 });
  assert.equal(profileOf(known, TYPED).rate, 2);
});

test('an objective in no catalogue has its own curves, tabs and lines', () => {
  const known = { ...catalog(), profiles: { ...catalog().profiles } };
  learnProfile(known, TYPED, PROFILE);
  assert.equal(fittingView({ ...initialView(), tab: 'weights', curve: 'loss' }, known, TYPED).curve, 'bend');
  assert.equal(fittingView({ ...initialView(), tab: 'weights', curve: 'loss' }, known, TYPED).tab, '2d');
  assert.deepEqual(readView({ curve: 'bend' }, known), { curve: 'bend' });
  assert.deepEqual(readView({ curve: 'bend' }, catalog()), {});
  const race = createRace(TYPED, PROFILE);
  race.columns.bend[0].set([4, NaN, -1]);
  const { lines, linear, title } = seriesOf(race, [], 'bend', true);
  assert.deepEqual([lines[0].values, linear, title], [race.columns.bend[0], true, 'bend']);
});

test('of several objectives each curve is offered once, called by its share where one of them has it as a share', () => {
  const { profiles } = catalog();
  const [values, classes, surface] = [profiles['model/mlp/sine'], profiles['model/mlp/moons'], profiles['surface/booth']];
  const names = (/** @type {typeof values[]} */ ...each) => allCurves(each).map(({ name }) => name);
  for (const both of [[values, classes], [classes, values]]) assert.deepEqual(names(...both), ['Loss', 'Accuracy', 'Gradient norm', 'Learning rate']);
  assert.deepEqual(names(values), ['Loss', 'R²', 'Gradient norm', 'Learning rate']);
  assert.deepEqual(names(surface, values), ['Loss', 'R²', 'Gradient norm', 'Distance', 'Learning rate']);
  assert.deepEqual(allCurves([]), []);
});
