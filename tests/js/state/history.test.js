// @ts-check
/** Undo and redo. */
import assert from 'node:assert/strict';
import test from 'node:test';

import { History } from '../../../static/js/state/history.js';

test('what was changed is undone in turn, and done again', () => {
  const history = new History();
  history.record('a', false);
  history.record('b', false);
  assert.deepEqual([history.undo('c'), history.undo('b'), history.undo('a')], ['b', 'a', null]);
  assert.equal(history.canUndo, false);
  assert.deepEqual([history.redo('a'), history.redo('b'), history.redo('c')], ['b', 'c', null]);
  assert.equal(history.canRedo, false);
});

test('a drag is one entry, however many values it passes through', () => {
  const history = new History();
  history.record('a', true);
  history.record('a1', true);
  assert.equal(history.canUndo, true);
  history.record('a2', false);
  assert.deepEqual([history.undo('b'), history.undo('a')], ['a', null]);
});

test('a drag that goes on is undone to where it began', () => {
  const history = new History();
  history.record('a', false);
  history.record('b', true);
  assert.deepEqual([history.undo('b1'), history.undo('b')], ['b', 'a']);
});

test('a change takes away what could be done again', () => {
  const history = new History();
  history.record('a', false);
  history.undo('b');
  history.record('a', false);
  assert.equal(history.canRedo, false);
});

test('two hundred changes are kept', () => {
  const history = new History();
  for (let at = 0; at < 230; at += 1) history.record(at, false);
  let found = history.undo(230);
  for (let next = found; next !== null; next = history.undo(found)) found = next;
  assert.equal(found, 30);
});
