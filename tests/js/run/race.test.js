// @ts-check
/** A race is filled from chunks by the names of their columns, and its paths are laid on a plane. */
import assert from 'node:assert/strict';
import test from 'node:test';

import { addChunk, createRace, setPlane } from '../../../static/js/run/race.js';
import { catalog } from '../given.js';

/** @typedef {(number | null)[]} Row */

const COLUMNS = ['full_loss', 'train_loss', 'train_score', 'test_loss', 'test_score', 'loss', 'grad_norm', 'lr'];
const ENDED = COLUMNS.map(() => null);

/** A race of two. @param {string} name  of what says of itself which columns it has @param {number} steps */
function raceOf(name, steps) {
  const experiment = { steps, optimizers: [{ label: 'a' }, { label: 'b' }] };
  return createRace(/** @type {any} */ (experiment), catalog().profiles[name]);
}

/** Adds entries of two optimizers, null for what is not a number. @param {ReturnType<typeof raceOf>} race @param {number} first @param {string[]} columns @param {Row[][]} entries */
function add(race, first, columns, entries) {
  const values = Float64Array.from(entries.flat(2), (value) => value ?? NaN);
  addChunk(race, { first, count: entries.length, optimizers: 2, columns }, values);
}

/** Lays the paths on a plane that says this of itself. @param {ReturnType<typeof raceOf>} race @param {number[]} entries @param {[number, number][][]} paths */
function lay(race, entries, paths) {
  const plane = /** @type {any} */ ({ entries, trajectories: paths.map((points) => ({ points })) });
  setPlane(race, plane);
  assert.equal(race.plane, plane);
}

test('columns come in any order', () => {
  const columns = ['lr', 'y', 'loss', 'x', 'grad_norm'];
  const race = raceOf('surface/booth', 3);
  add(race, 0, columns, [[[0.1, 2, 3, 1, 4], [0.2, 6, 7, 5, 8]]]);
  const ended = columns.map(() => null);
  add(race, 1, columns, [[[0.1, 12, 13, 11, 14], ended], [[0.1, 22, 23, 21, 24], ended]]);
  assert.deepEqual([...race.x[0]], [1, 11, 21, NaN]);
  assert.deepEqual([...race.y[1]], [6, NaN, NaN, NaN]);
  assert.deepEqual([...race.columns.grad_norm[0]], [4, 14, 24, NaN]);
  assert.deepEqual([...race.columns.lr[1]], [0.2, NaN, NaN, NaN]);
  assert.deepEqual(race.lengths, [3, 1]);
  assert.equal(race.entries, 3);
  assert.deepEqual(Object.keys(race.columns).sort(), columns.sort());
});

test('a measure that was not taken does not end a trajectory', () => {
  const measured = [0.5, 0.6, 0.7, 0.8, 0.9, 1.5, 2.5, 0.1];
  const between = [null, null, null, null, null, 1.4, 2.4, 0.1];
  const race = raceOf('model/mlp/moons', 2);
  add(race, 0, COLUMNS, [[measured, measured], [between, ENDED]]);
  assert.deepEqual(race.lengths, [2, 1]);
  assert.deepEqual([...race.columns.test_score[0]], [0.9, NaN, NaN]);
  assert.deepEqual([...race.columns.full_loss[1]], [0.5, NaN, NaN]);
  assert.deepEqual([...race.columns.loss[0]], [1.5, 1.4, NaN]);
  assert.deepEqual([...race.x[0]], [NaN, NaN, NaN]);
});

const STEP = [null, null, null, null, null, 1, 1, 0.1];

/** A model's race of which the second trajectory ends before `end`. @param {number} entries @param {number} end */
function trained(entries, end) {
  const race = raceOf('model/mlp/moons', entries - 1);
  add(race, 0, COLUMNS, Array.from({ length: entries }, (_, entry) => [STEP, entry < end ? STEP : ENDED]));
  return race;
}

test('paths lie on the plane with straight lines between what is kept', () => {
  const race = trained(8, 4);
  lay(race, [0, 3, 6, 7], [[[0, 9], [3, 6], [9, 6], [1, 1]], [[0, 9], [6, 0]]]);
  assert.deepEqual([...race.x[0]], [0, 1, 2, 3, 5, 7, 9, 1]);
  assert.deepEqual([...race.y[0]], [9, 8, 7, 6, 6, 6, 6, 1]);
  assert.deepEqual([...race.x[1]], [0, 2, 4, 6, NaN, NaN, NaN, NaN]);
});

test('a path that ended between kept entries stays where it was last', () => {
  const race = trained(5, 3);
  lay(race, [0, 4], [[[1, 2], [5, 2]], [[1, 2]]]);
  assert.deepEqual([...race.x[1]], [1, 1, 1, NaN, NaN]);
});
