// @ts-check
/** Sentences of the page with values that are no texts. */
import assert from 'node:assert/strict';
import test from 'node:test';

import { say, sayList, sayNodes } from '../../../static/js/core/words.js';

test('an element within a sentence stands where the sentence has it', () => {
  const link = { tag: 'a' };
  assert.deepEqual(sayNodes('repair.problem', { path: link, problem: 'is none.' }), [link, ': ', 'is none.']);
  assert.equal(say('repair.problem', { path: 'step', problem: 'is none.' }), 'step: is none.');
});

test('what a sentence names and nobody gives is told', () => {
  assert.throws(() => sayNodes('repair.problem', { path: {} }), /names problem/);
  assert.throws(() => say(/** @type {any} */ ('nowhere')), /no text/);
});

test('names are counted up', () => {
  assert.deepEqual([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(sayList), ['', 'a', 'a and b', 'a, b and c']);
});
