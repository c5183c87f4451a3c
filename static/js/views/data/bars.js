// @ts-check
/** For data that no plane can hold: how many of each class a model gets right. */

import { token } from '../../core/palette.js';
import { say } from '../../core/words.js';

/** @typedef {{right: number, all: number}} Share */

const MARGIN = { left: 42, right: 6, top: 10, bottom: 20 };
const FONT = 11; // px
const PALE = 0.5;

/** Right answers and samples of each class; rows of the matrix are true classes. @param {number[][]} matrix @returns {Share[]} */
export function sharesOf(matrix) {
  return matrix.map((row, label) => ({ right: row[label], all: row.reduce((sum, count) => sum + count, 0) }));
}

/** @param {number} width @param {number} height @param {number} classes */
export function barsOf(width, height, classes) {
  const slot = (width - MARGIN.left - MARGIN.right) / classes;
  const full = height - MARGIN.top - MARGIN.bottom;
  return {
    slot, full, base: MARGIN.top + full, left: MARGIN.left,
    classAt: (/** @type {number} */ x) => Math.floor((x - MARGIN.left) / slot),
  };
}

/** Bars for the test samples, a tick across each for the training samples. */
export function paintBars(
  /** @type {CanvasRenderingContext2D} */ context, /** @type {number} */ width, /** @type {number} */ height,
  /** @type {Share[]} */ train, /** @type {Share[]} */ test, /** @type {string[]} */ labels, /** @type {string} */ colour,
) {
  const { slot, full, base, left } = barsOf(width, height, labels.length);
  paintGrid(context, left, width - MARGIN.right, base, full);
  const thick = Math.min(44, slot * 0.66);
  context.textAlign = 'center';
  context.textBaseline = 'top';
  labels.forEach((label, index) => {
    const middle = left + (index + 0.5) * slot;
    const at = (/** @type {Share[]} */ shares) => (full * shares[index].right) / Math.max(1, shares[index].all);
    context.fillStyle = colour;
    context.globalAlpha = PALE;
    context.fillRect(middle - thick / 2, base - at(test), thick, at(test));
    context.globalAlpha = 1;
    context.fillRect(middle - thick / 2 - 3, base - at(train) - 1, thick + 6, 2);
    context.fillStyle = token('--ink-2');
    context.fillText(label, middle, base + 5, slot - 2);
  });
}

/** @param {CanvasRenderingContext2D} context */
function paintGrid(context, /** @type {number} */ left, /** @type {number} */ right, /** @type {number} */ base, /** @type {number} */ full) {
  context.font = `${FONT}px ${token('--font')}`;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const share of [0, 0.5, 1]) {
    const y = Math.round(base - share * full) + 0.5;
    context.fillStyle = token('--line');
    context.fillRect(left, y - 0.5, right - left, 1);
    context.fillStyle = token('--ink-2');
    context.fillText(say('numbers.percent', { value: 100 * share }), left - 4, y);
  }
}
