// @ts-check
/** What a link opens where the server refuses all or parts of it. */
import assert from 'node:assert/strict';
import test from 'node:test';

import { FIRST_VISIT } from '../../static/js/catalog.js';
import { Mending } from '../../static/js/mending.js';
import { repair } from '../../static/js/state/repair.js';
import { catalog } from './given.js';

const BOOTH = { optimizers: [{ name: 'sgd' }], objective: { kind: 'surface', name: 'booth' } };
const ERRORS = [{ path: 'x', at: ['x'], message: 'not so' }];

/** It ends in the race of a first visit, and where that is refused in a sentence. */
test('what cannot be mended is not tried again', () => {
  const mending = new Mending(catalog(), [], { fallback: FIRST_VISIT });
  const usual = mending.next(mending.begin(BOOTH), ERRORS);
  assert.equal(usual.objective.name, 'quadratic');
  assert.equal(mending.next(usual, ERRORS), null);
  assert.match(mending.tell(), /^Nothing of this link could be used/);
});

test('without a fallback nothing stands in for what cannot be mended', () => {
  const mending = new Mending(catalog(), []);
  assert.equal(mending.next(mending.begin(BOOTH), ERRORS), null);
  assert.match(mending.tell(), /^Part of this link could not be used/);
});

test('what was kept is not mended', () => {
  const mending = new Mending(catalog(), [], { repairs: false });
  const repairable = { ...BOOTH, steps: -1 };
  assert.equal(mending.next(mending.begin(repairable), [{ path: 'steps', at: ['steps'], message: 'not so' }]), null);
  assert.equal(mending.tell(), '');
});

const DRAFT = { optimizers: ['a', 'b', 'c'].map((name) => ({ name })) };

test('one optimizer at fault twice takes no other with it', () => {
  const errors = [['name'], ['name'], ['lr'], []].map((rest) => ({ path: '', at: ['optimizers', 0, ...rest], message: '' }));
  for (const order of [errors, errors.toReversed()]) {
    assert.deepEqual(repair(DRAFT, order, 64), { optimizers: [{ name: 'b' }, { name: 'c' }] });
  }
});

test('of more optimizers than this server takes the first are kept', () => {
  const errors = [{ path: 'optimizers', at: ['optimizers'], message: 'at most 2' }];
  assert.deepEqual(repair(DRAFT, errors, 2), { optimizers: DRAFT.optimizers.slice(0, 2) });
});
