// @ts-check
/** A view, as a document and as an address say it: what makes no sense is passed over. */
import assert from 'node:assert/strict';
import test from 'node:test';

import { readAddress } from '../../../static/js/state/readaddress.js';
import { readView, writeView } from '../../../static/js/state/viewdocument.js';
import { unsaidView } from '../../../static/js/state/view.js';
import { catalog } from '../given.js';

const PLAIN = 'on=booth&start=1,2&o=sgd;lr=0.1';

test('a view that is not known is told', () => {
  const { view, problems } = readAddress(`?${PLAIN}&view=4d&plane=flat`, catalog());
  assert.deepEqual(problems.map(({ path }) => path), ['view', 'plane']);
  assert.deepEqual(view, {});
});

const SENSELESS = [
  { range: [1, 0, 0, 1] }, { range: [0, 1, 1, 1] }, { range: [0, 1] }, { range: [0, 1, 0, 1, 0] }, { range: [0, 1e300, 0, 1] },
  { range: [-1e300, 0, 0, 1] }, { range: [0, 1e-12, 0, 1] }, { range: [0, 1, 0, '1'] }, { range: [0, 1, 0, true] },
  { range: '0,1,0,1' }, { range: {} }, { range: [1e12, 1e12 + 1, 0, 1] }, { measure: 'fastest' }, { measure: 1 },
  { measure: ['best'] }, { speed: 0 }, { speed: -1 }, { speed: 1e300 }, { speed: '2' }, { speed: true }, { speed: [2] },
];

for (const said of SENSELESS) {
  test(`a document that says ${JSON.stringify(said)} says nothing by it`, () => {
    assert.deepEqual(readView({ tab: '2d', ...said }, catalog()), { tab: '2d' });
  });
}

for (const said of ['range=1,0,0,1', 'range=0,1,0', 'range=0,,0,1', 'range=NaN,1,0,1', 'range=0,1,0,1e300', 'speed=fast', 'speed=']) {
  test(`an address that says ${said} says nothing by it`, () => {
    const { view, problems } = readAddress(`?${PLAIN}&${said}`, catalog());
    assert.deepEqual([view, problems], [{}, []]);
  });
}

test("what is the reader's own is in no document", () => {
  const own = /** @type {const} */ ({ theme: 'dark', rail: false });
  assert.deepEqual(writeView({ ...unsaidView(catalog().profiles['model/mlp/moons']), ...own }), { tab: 'data' });
  assert.deepEqual(readView(own, catalog()), {});
});
