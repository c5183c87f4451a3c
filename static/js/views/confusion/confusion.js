// @ts-check
/** What each optimizer's model takes for what, at a step. */

import { say } from '../../core/words.js';
import { MultiplesView } from '../multiples/multiples.js';
import { formatScore } from '../multiples/parts.js';
import { cellAt, confusionColours, labelRoom, matrixHeight, matrixWidth, paintMatrix, placeOf, shortLabels } from './painter.js';

/** @typedef {import('../multiples/panels.js').Panel} Panel */

const READABLE = 14; // px of a cell, below which panels scroll

/** What is said of either set of samples. */
const SETS = /** @type {const} */ ({
  test: { choice: 'confusion.test.choice', described: 'confusion.test.described', samples: 'confusion.test.samples' },
  train: { choice: 'confusion.train.choice', described: 'confusion.train.described', samples: 'confusion.train.samples' },
});

class ConfusionView extends MultiplesView {
  /** @param {HTMLElement} host @param {import('../multiples/multiples.js').ModelListeners} listeners */
  constructor(host, listeners) {
    super(host, listeners, say('confusion.name'));
    /** @type {'train'|'test'} */ this.set = 'test';
    /** @type {string[][]} */ this.colours = [];
    this.switch = createSwitch((set) => this.choose(set));
    this.switch.show(this.set);
  }

  /** @returns {import('../../core/types.js').SnapshotPart[]} */
  get parts() {
    return ['confusion'];
  }

  get labels() {
    return shortLabels(this.model?.data.labels ?? []);
  }

  fits() {
    return this.snapshot?.confusion?.labels.length === this.model?.data.labels.length;
  }

  /** @param {'train'|'test'} set */
  choose(set) {
    this.set = set;
    this.switch.show(set);
    this.paint();
  }

  dress() {
    this.colours = confusionColours();
    this.bar.replaceChildren(this.switch.el);
  }

  words() {
    return this.model && this.labels.length === 0 ? [say('confusion.no-classes')] : [];
  }

  needs() {
    const { labels } = this;
    return {
      fit: (/** @type {number} */ width, /** @type {number} */ height) => placeOf(width, height, labels).cell,
      least: READABLE,
      narrowest: labelRoom(labels) + 20 + READABLE * labels.length,
      tall: (/** @type {number} */ width) => matrixHeight(width, labels),
      wide: (/** @type {number} */ height) => matrixWidth(height, labels),
    };
  }

  /** The matrix of an optimizer. @param {number} index @returns {number[][]|null} */
  matrix(index) {
    return this.snapshot?.confusion?.[this.set][index] ?? null;
  }

  /** @param {Panel} panel */
  paintPanel({ index, layer }) {
    const matrix = this.matrix(index);
    if (!matrix) return;
    const place = placeOf(this.multiples.width, this.multiples.height, this.labels);
    paintMatrix(layer.context, place, matrix, this.labels, this.colours);
  }

  /** @param {Panel} panel */
  describe({ label, index }) {
    const matrix = this.matrix(index) ?? [];
    const all = matrix.flat().reduce((sum, count) => sum + count, 0);
    const right = matrix.reduce((sum, row, place) => sum + row[place], 0);
    const values = { label, right: String(right), n: String(all), step: String(this.snapshot?.step) };
    return say(SETS[this.set].described, values);
  }

  /** @param {Panel} panel @param {number} x @param {number} y @returns {{rows: [string, string][]}|null} */
  tip({ index }, x, y) {
    const matrix = this.matrix(index);
    const found = cellAt(placeOf(this.multiples.width, this.multiples.height, this.labels), x, y);
    if (!matrix || !found) return null;
    const { label, said } = found;
    const all = matrix[label].reduce((sum, count) => sum + count, 0);
    const names = this.model?.data.labels ?? [];
    const values = { part: String(matrix[label][said]), all: String(all) };
    const share = all > 0 ? formatScore(matrix[label][said] / all, 'binary') : '';
    const samples = share ? say('confusion.part-and-share', { ...values, share }) : say('confusion.part', values);
    return { rows: [[say('confusion.true'), names[label]], [say('confusion.said'), names[said]], [say(SETS[this.set].samples), samples]] };
  }
}

/** Training or test samples. @param {(set: 'train'|'test') => void} choose */
function createSwitch(choose) {
  const el = document.createElement('span');
  el.setAttribute('role', 'group');
  el.setAttribute('aria-label', say('confusion.samples'));
  const buttons = /** @type {const} */ (['test', 'train']).map((set) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'multiples-choice';
    button.textContent = say(SETS[set].choice);
    button.addEventListener('click', () => choose(set));
    el.append(button);
    return { set, button };
  });
  return {
    el,
    /** @param {'train'|'test'} chosen */
    show(chosen) {
      for (const { set, button } of buttons) button.setAttribute('aria-pressed', String(set === chosen));
    },
  };
}

/** @param {HTMLElement} host @param {import('../multiples/multiples.js').ModelListeners} listeners */
export function createConfusion(host, listeners) {
  return new ConfusionView(host, listeners);
}
