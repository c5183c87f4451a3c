// @ts-check
/** What Python knows too, by the cases of `tests/golden/both`, which `tests/test_two_languages.py` runs there. */
import assert from 'node:assert/strict';
import test from 'node:test';

import { fill } from '../../static/js/core/words.js';
import { apart, PART } from '../../static/js/run/parting.js';
import { defaults, find, matchPreset, uniqueLabel } from '../../static/js/state/entries.js';
import { fittingPlane } from '../../static/js/state/plane.js';
import { trainingSize } from '../../static/js/state/suiting.js';
import { usualRange } from '../../static/js/state/typed.js';
import { completeStyles, unsaidView } from '../../static/js/state/view.js';
import { readView } from '../../static/js/state/viewdocument.js';
import { levelsOf } from '../../static/js/views/ground/levels.js';
import { createHeightField, isHidden, LIFT } from '../../static/js/views/solid/relief.js';
import { casesOf, catalog } from './given.js';
import { near } from './near.js';

for (const { said, rows, read } of casesOf('views')) {
  test(`a view: ${JSON.stringify(said)}, of ${rows}`, () => {
    const { styles, log, step, camera, range } = { ...unsaidView(catalog().profiles['surface/booth']), ...readView(said, catalog()) };
    const complete = completeStyles(styles, rows);
    const found = {
      slots: complete.map(({ slot }) => slot),
      hidden: complete.flatMap(({ hidden }, index) => (hidden ? [index + 1] : [])),
      log: `${log.x ? 'x' : ''}${log.y ? 'y' : ''}`,
      step, camera, range,
    };
    assert.deepEqual(Object.fromEntries(Object.entries(found).filter(([name]) => name in read)), read);
  });
}

for (const { said, rows, read } of casesOf('planes')) {
  test(`a plane: ${JSON.stringify(said)}, of ${rows}`, () => {
    const { plane } = readView(said, catalog());
    assert.deepEqual(plane ? fittingPlane(catalog(), plane, rows, 10) : null, read);
  });
}

for (const { loss, shown, apart: share, parts } of casesOf('parting')) {
  test(`a loss of ${loss} is drawn as ${shown}`, () => {
    near(apart(loss, shown), share, 1e-12, 1e-9);
    assert.equal(apart(loss, shown) > PART, parts);
  });
}

for (const { value, range } of casesOf('ranges')) {
  test(`the range of a constant of ${value}`, () => assert.deepEqual(usualRange(value), range));
}

for (const { field, log, lowest, scale } of casesOf('levels')) {
  test(`levels of ${JSON.stringify(field)}`, () => {
    const { low, high, size } = levelsOf({ x: [], y: [], z: field }, { log, lowest });
    near([low, high, size], scale, 1e-12, 1e-9);
  });
}

const SIGHT = casesOf('sight');
for (const { eye, point, hidden } of SIGHT.cases) {
  test(`what a hill hides of ${JSON.stringify(point)} from ${JSON.stringify(eye)}`, () => {
    const [low, high] = SIGHT.scale;
    const hill = createHeightField({ ...SIGHT, z: SIGHT.levels }, SIGHT.levels, high);
    const [x, y, level] = point;
    assert.equal(isHidden(hill, eye, x, y, level, LIFT * (high - low)), hidden);
  });
}

for (const { optimizers, called } of casesOf('names')) {
  test(`names: ${called.join(', ')}`, () => {
    /** @type {string[]} */
    const labels = [];
    for (const said of optimizers) {
      const whole = { ...defaults(find(catalog().optimizers, said.name).params), ...said };
      labels.push(said.label ?? uniqueLabel(String(matchPreset(catalog(), whole)?.title), labels));
    }
    assert.deepEqual(labels, called);
  });
}

for (const { samples, test_fraction: fraction, left } of casesOf('training')) {
  test(`of ${samples} samples, ${fraction} kept apart`, () => {
    assert.equal(trainingSize(catalog(), { name: 'moons', samples }, fraction), left);
  });
}

for (const { forms, values, text } of casesOf('words')) {
  test(`a text takes its values: ${text}`, () => assert.equal(fill(forms, values), text));
}
