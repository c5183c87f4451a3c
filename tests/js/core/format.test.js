// @ts-check
/** Numbers and symbols are written and read as people do. */
import assert from 'node:assert/strict';
import test from 'node:test';

import { formatAligned, formatNumber, formatSymbol, parseNumber } from '../../../static/js/core/format.js';

test('a number to read has four significant digits', () => {
  /** @type {[number | null, string][]} */
  const cases = [
    [0, '0'], [0.001, '0.001'], [0.000999, '9.99e−4'], [1e-8, '1e−8'], [-1.25, '−1.25'], [0.0123456, '0.01235'], [300, '300'],
    [12345.6, '12346'], [123456.7, '1.235e5'], [null, '–'],
  ];
  for (const [value, text] of cases) assert.equal(formatNumber(value), text);
});

test('a number in a column keeps its zeros', () => {
  assert.equal(formatAligned(0.1), '0.1000');
});

test('a typed number is understood or refused', () => {
  /** @type {[string, number | null][]} */
  const cases = [
    ['1e-3', 0.001], [' .5 ', 0.5], ['−2', -2], ['1,000', 1000], ['10^-3', 0.001], ['1/4', 0.25], ['0', 0], ['-0', -0], ['', null],
    ['abc', null], ['1e-', null], ['1e999', null], ['0x10', null], ['1/0', null], ['1,5', null],
  ];
  for (const [text, value] of cases) assert.equal(parseNumber(text), value, JSON.stringify(text));
});

test('a symbol is plain text', () => {
  const cases = [['\\gamma', 'γ'], ['\\beta_1', 'β₁'], ['\\gamma_{0}', 'γ₀'], ['\\lambda', 'λ'], ['x', 'x']];
  for (const [latex, text] of cases) assert.equal(formatSymbol(latex), text);
});
