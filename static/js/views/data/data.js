// @ts-check
/** The data with what each optimizer's model says of them at a step: its border, its curve, or how many it gets right. */

import { colourOf, token } from '../../core/palette.js';
import { say } from '../../core/words.js';
import { MultiplesView } from '../multiples/multiples.js';
import { formatScore } from '../multiples/parts.js';
import { barsOf, paintBars, sharesOf } from './bars.js';
import { borders, wordAt } from './boundary.js';
import { createFieldPicture, fieldColours } from './field.js';
import { paintFit } from './fit.js';
import { dataLegend, linkWords } from './legend.js';
import { createSamplePicture } from './marks.js';
import { marginsOf, paintAxes, scaleOf } from './scale.js';
import { barsTip, fitTip, gridTip } from './tips.js';

/** @typedef {import('./boundary.js').Sheet} Sheet */
/** @typedef {import('../multiples/panels.js').Panel} Panel */
/** @typedef {import('../multiples/multiples.js').ModelListeners} ModelListeners */

const FINENESS = [32, 48, 64, 96]; // samples a side, few kinds so that answers can be kept
const PIXELS = 4.5; // of a picture to a sample
const CURVE = 128; // samples of a curve
const LEAST = 100; // px of a picture's side below which panels scroll
const NARROWEST = 140; // px

class DataView extends MultiplesView {
  /** @param {HTMLElement} host @param {ModelListeners} listeners */
  constructor(host, listeners) {
    super(host, listeners, say('data.name'));
    this.field = createFieldPicture();
    this.samples = createSamplePicture();
    this.colours = Uint32Array.of();
  }

  /** What can be drawn of these data. @returns {'grid'|'curve'|'classes'|null} */
  get kind() {
    if (!this.model) return null;
    const first = this.model.data.train.inputs?.[0]?.length;
    return first === 2 ? 'grid' : first === 1 ? 'curve' : 'classes';
  }

  /** @returns {import('../../core/types.js').SnapshotPart[]} */
  get parts() {
    if (!this.kind) return [];
    return this.kind === 'classes' ? ['confusion'] : ['grid'];
  }

  resolution() {
    if (this.kind !== 'grid') return this.kind === 'curve' ? CURVE : super.resolution();
    const wanted = Math.max(this.multiples.width, this.multiples.height) / PIXELS;
    return FINENESS.find((count) => count >= wanted) ?? FINENESS[FINENESS.length - 1];
  }

  fits() {
    if (this.kind === 'grid') return Boolean(this.snapshot?.grid);
    return Boolean(this.kind === 'curve' ? this.snapshot?.curve : this.snapshot?.confusion);
  }

  dress() {
    if (!this.model) return;
    this.colours = fieldColours(this.model.data.labels.length);
    this.samples.set(this.model.data);
    this.bar.replaceChildren(...dataLegend(this.model.data, this.kind));
  }

  words() {
    return this.kind === 'classes' && this.model ? linkWords(this.model, (tab) => this.listeners.onTab?.(tab)) : [];
  }

  /** @returns {import('../multiples/layout.js').Needs} */
  needs() {
    const range = this.model?.data.window;
    if (this.kind !== 'grid' || !range) {
      return { fit: (width, height) => Math.min(width, 1.6 * height), least: 1.4 * LEAST, narrowest: NARROWEST, tall: (width) => 0.75 * width };
    }
    const ratio = (range.y[1] - range.y[0]) / (range.x[1] - range.x[0]);
    const fit = (/** @type {number} */ width, /** @type {number} */ height) => {
      const { box } = scaleOf(width, height, range, true);
      return Math.sqrt(box.width * box.height);
    };
    const tall = (/** @type {number} */ width) => {
      const { left, right, top, bottom } = marginsOf(width);
      return (width - left - right) * ratio + top + bottom;
    };
    const wide = (/** @type {number} */ height) => {
      const { left, right, top, bottom } = marginsOf(Infinity);
      return (height - top - bottom) / ratio + left + right;
    };
    return { fit, least: LEAST, narrowest: NARROWEST, tall, wide };
  }

  /** The predictions of an optimizer. @param {number} index @returns {Sheet|null} */
  sheet(index) {
    const grid = this.snapshot?.grid;
    const levels = grid?.levels[index];
    return grid && levels ? { columns: grid.columns, rows: grid.rows, levels, classes: grid.classes?.[index] ?? null } : null;
  }

  /** The curve of an optimizer. @param {number} index */
  curve(index) {
    const curve = this.snapshot?.curve;
    return curve?.y[index] ? { x: curve.x, y: curve.y[index] } : null;
  }

  /** Right answers of an optimizer, class by class. @param {number} index */
  shares(index) {
    const confusion = this.snapshot?.confusion;
    if (!confusion?.train[index]) return null;
    return { train: sharesOf(confusion.train[index]), test: sharesOf(confusion.test[index]), labels: confusion.labels };
  }

  scale() {
    const range = /** @type {import('../multiples/multiples.js').ModelSetting} */ (this.model).data.window;
    return scaleOf(this.multiples.width, this.multiples.height, range, this.kind === 'grid');
  }

  /** @param {Panel} panel */
  paintPanel(panel) {
    const { context } = panel.layer;
    if (this.kind === 'classes') {
      const shares = this.shares(panel.index);
      if (shares) paintBars(context, this.multiples.width, this.multiples.height, shares.train, shares.test, shares.labels, colourOf(panel.slot));
      return;
    }
    const scale = this.scale();
    if (this.kind === 'grid') this.paintGrid(context, scale, this.sheet(panel.index));
    this.samples.draw(context, scale, this.kind === 'grid');
    const curve = this.kind === 'curve' && this.curve(panel.index);
    if (curve) paintFit(context, curve, scale, panel.slot);
    const names = this.model?.data.features ?? [];
    paintAxes(context, scale, [names[0] ?? 'x', names[1] ?? 'y']);
  }

  /** @param {CanvasRenderingContext2D} context @param {import('./scale.js').Scale} scale @param {Sheet|null} sheet */
  paintGrid(context, { box }, sheet) {
    if (!sheet) return;
    this.field.draw(context, sheet, this.colours, box);
    const segments = borders(sheet);
    const [kx, ky] = [box.width / (sheet.columns - 1), box.height / (sheet.rows - 1)];
    const bottom = box.top + box.height;
    context.beginPath();
    for (let at = 0; at < segments.length; at += 4) {
      context.moveTo(box.left + segments[at] * kx, bottom - segments[at + 1] * ky);
      context.lineTo(box.left + segments[at + 2] * kx, bottom - segments[at + 3] * ky);
    }
    context.lineCap = 'round';
    context.strokeStyle = token('--mark');
    context.lineWidth = 1.5;
    context.stroke();
  }

  /** @param {Panel} panel */
  describe({ label, index }) {
    const at = { label, step: String(this.snapshot?.step) };
    if (this.kind !== 'classes') return say(this.kind === 'grid' ? 'data.described.grid' : 'data.described.curve', at);
    const shares = this.shares(index);
    const each = shares?.labels.map((name, place) => `${name} ${formatScore(shares.test[place].right / shares.test[place].all, 'binary')}`);
    return say('data.described.classes', { ...at, shares: String(each?.join(', ')) });
  }

  /** @param {Panel} panel @param {number} x @param {number} y */
  tip({ index }, x, y) {
    if (this.kind === 'classes') {
      const shares = this.shares(index);
      return shares && barsTip(shares, barsOf(this.multiples.width, this.multiples.height, shares.labels.length).classAt(x));
    }
    const scale = this.scale();
    const { data } = /** @type {import('../multiples/multiples.js').ModelSetting} */ (this.model);
    const near = this.samples.near(scale, x, y);
    const spot = near ?? { x: scale.fromX(x), y: scale.fromY(y) };
    const { x: [left, right], y: [low, high] } = scale.range;
    if (spot.x < left || spot.x > right || spot.y < low || spot.y > high) return null;
    if (this.kind === 'curve') return fitTip(data, this.curve(index), spot.x, near);
    const sheet = this.sheet(index);
    if (!sheet) return null;
    const across = ((spot.x - left) / (right - left)) * (sheet.columns - 1);
    return gridTip(data, spot, wordAt(sheet, across, ((spot.y - low) / (high - low)) * (sheet.rows - 1)), near);
  }

  setTheme() {
    this.samples.forget();
    super.setTheme();
  }
}

/** @param {HTMLElement} host @param {ModelListeners} listeners */
export function createData(host, listeners) {
  return new DataView(host, listeners);
}
