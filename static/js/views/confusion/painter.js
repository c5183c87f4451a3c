// @ts-check
/** A confusion matrix: rows are true classes, columns what the model said. */

import { token } from '../../core/palette.js';
import { say } from '../../core/words.js';
import { mixed } from '../data/field.js';
import { channels } from '../drawing/thumbnail.js';

/** @typedef {{left: number, top: number, cell: number, classes: number}} Place */

const TITLE = 15; // px
const FONT = 11; // px
const NUMBERS = 13; // px of a cell from which it has its count in it
const QUIET = 0.5; // share of a row from which a cell is dark enough for light ink

/** Class names with what they all begin with left out: "class 0", "class 1" become "0", "1". @param {string[]} labels */
export function shortLabels(labels) {
  const prefix = /^(.*\s)\S+$/.exec(labels[0] ?? '')?.[1] ?? '';
  return prefix && labels.every((label) => label.startsWith(prefix) && label.length > prefix.length)
    ? labels.map((label) => label.slice(prefix.length))
    : [...labels];
}

/** Room for the names of the classes beside the matrix. @param {string[]} labels */
export function labelRoom(labels) {
  return Math.min(72, 8 + 6.5 * Math.max(1, ...labels.map((label) => label.length)));
}

/** @param {number} width @param {number} height @param {string[]} labels short @returns {Place} */
export function placeOf(width, height, labels) {
  const room = TITLE + labelRoom(labels);
  const classes = labels.length;
  const cell = Math.max(1, Math.min(Math.floor(Math.min(width - room - 2, height - 2 * TITLE - 4) / classes), 72));
  return { left: room, top: 2 * TITLE, cell, classes };
}

/** The height of a matrix in a panel of some width. @param {number} width @param {string[]} labels */
export function matrixHeight(width, labels) {
  return placeOf(width, Infinity, labels).cell * labels.length + 2 * TITLE + 4;
}

/** The width of a matrix in a panel of some height. @param {number} height @param {string[]} labels */
export function matrixWidth(height, labels) {
  return placeOf(Infinity, height, labels).cell * labels.length + TITLE + labelRoom(labels) + 4;
}

/** The cell under a place. @param {Place} place @param {number} x @param {number} y */
export function cellAt({ left, top, cell, classes }, x, y) {
  const said = Math.floor((x - left) / cell);
  const label = Math.floor((y - top) / cell);
  return said >= 0 && label >= 0 && said < classes && label < classes ? { label, said } : null;
}

/** The colours of right and wrong cells, 101 each from none of a row's samples to all. */
export function confusionColours() {
  const base = channels(token('--panel-2'));
  const css = (/** @type {number} */ pixel) => `rgb(${pixel & 255} ${(pixel >> 8) & 255} ${(pixel >> 16) & 255})`;
  return ['--accent', '--bad'].map((name) => {
    const full = channels(token(name));
    return Array.from({ length: 101 }, (_, share) => css(mixed(base, full, Math.sqrt(share / 100))));
  });
}

/** @param {CanvasRenderingContext2D} context @param {Place} place @param {number[][]} matrix @param {string[]} labels short @param {string[][]} colours */
export function paintMatrix(context, place, matrix, labels, colours) {
  const { left, top, cell } = place;
  paintLabels(context, place, labels);
  context.textAlign = 'center';
  matrix.forEach((row, label) => {
    const all = Math.max(1, row.reduce((sum, count) => sum + count, 0));
    row.forEach((count, said) => {
      const share = count / all;
      context.fillStyle = colours[Number(label !== said)][Math.round(100 * share)];
      context.fillRect(left + said * cell, top + label * cell, cell - 1, cell - 1);
      if (cell < NUMBERS || count === 0) return;
      context.fillStyle = Math.sqrt(share) > QUIET ? token('--accent-ink') : token('--ink');
      context.font = `${Math.min(14, Math.max(9, cell * 0.42))}px ${token('--font')}`;
      context.fillText(String(count), left + (said + 0.5) * cell - 0.5, top + (label + 0.5) * cell, cell - 2);
    });
  });
}

/** @param {CanvasRenderingContext2D} context @param {Place} place @param {string[]} labels */
function paintLabels(context, { left, top, cell, classes }, labels) {
  const middle = (classes * cell) / 2;
  const room = labelRoom(labels);
  context.font = `${FONT}px ${token('--font')}`;
  context.fillStyle = token('--ink-2');
  context.textBaseline = 'middle';
  context.textAlign = 'center';
  context.fillText(say('confusion.said'), left + middle, top - 1.5 * TITLE);
  labels.forEach((label, index) => context.fillText(label, left + (index + 0.5) * cell, top - TITLE / 2, cell - 2));
  context.save();
  context.translate(left - room - TITLE / 2, top + middle);
  context.rotate(-Math.PI / 2);
  context.fillText(say('confusion.true'), 0, 0);
  context.restore();
  context.textAlign = 'right';
  labels.forEach((label, index) => context.fillText(label, left - 5, top + (index + 0.5) * cell, room - 5));
}
