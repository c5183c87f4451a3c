// @ts-check
/** Every weight of each optimizer's network at a step, layer by layer. */

import { formatNumber } from '../../core/format.js';
import { token } from '../../core/palette.js';
import { say } from '../../core/words.js';
import { MultiplesView } from '../multiples/multiples.js';
import { legendEntry } from '../multiples/parts.js';
import { blocksOf, fitFlow, flow, weightAt, weightName } from './layout.js';
import { colourPlace, limitOf, paintScale, scaleWords, weightColours } from './scale.js';

/** @typedef {import('../multiples/panels.js').Panel} Panel */
/** @typedef {import('./layout.js').Block} Block */
/** @typedef {import('./layout.js').Tile} Tile */

const READABLE = 3; // px of a cell, below which panels scroll
const BAR = 72; // px of a scale
const FONT = 11; // px
const DIGITS = 6;

class WeightsView extends MultiplesView {
  /** @param {HTMLElement} host @param {import('../multiples/multiples.js').ModelListeners} listeners */
  constructor(host, listeners) {
    super(host, listeners, say('weights.name'));
    /** @type {Block[]} */ this.blocks = [];
    /** @type {number[]} one for each block */ this.limits = [];
    this.flow = flow([], 1, 1);
    this.colours = Uint32Array.of();
    this.said = '';
    this.canvas = document.createElement('canvas');
    this.small = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext('2d'));
  }

  /** @returns {import('../../core/types.js').SnapshotPart[]} */
  get parts() {
    return ['weights'];
  }

  /** @param {import('../../core/types.js').Snapshot} snapshot */
  reshaped(snapshot) {
    const shape = (/** @type {{tensors: {name: string, shape: number[]}[]}[]} */ blocks) =>
      JSON.stringify(blocks.flatMap(({ tensors }) => tensors.map(({ name, shape: sides }) => [name, sides])));
    return shape([{ tensors: snapshot.weights ?? [] }]) !== shape(this.blocks);
  }

  dress() {
    this.colours = weightColours();
    this.said = '';
  }

  needs() {
    this.blocks = blocksOf(this.snapshot?.weights ?? [], this.model?.dataset.shape ?? []);
    const { blocks } = this;
    const widest = Math.max(1, ...blocks.map((block) => block.width));
    return {
      fit: (/** @type {number} */ width, /** @type {number} */ height) => fitFlow(blocks, width, height).cell,
      least: READABLE,
      narrowest: Math.max(120, READABLE * widest),
      tall: (/** @type {number} */ width, /** @type {number} */ most) => {
        const cell = Math.max(READABLE, fitFlow(blocks, width, Math.min(most, 1.2 * Math.max(width, 320))).cell);
        return flow(blocks, width, cell).height + 2;
      },
    };
  }

  prepare() {
    this.blocks = blocksOf(this.snapshot?.weights ?? [], this.model?.dataset.shape ?? []);
    this.flow = fitFlow(this.blocks, this.multiples.width, this.multiples.height);
    const indices = this.multiples.panels.map((panel) => panel.index);
    this.limits = this.blocks.map((block) => limitOf(block, indices));
    const said = JSON.stringify([this.blocks.map((block) => block.title), this.limits]);
    if (said !== this.said) this.bar.replaceChildren(...this.legend());
    this.said = said;
  }

  legend() {
    return this.blocks.map((block, index) => {
      const [low, , high] = scaleWords(this.limits[index]);
      const entry = legendEntry(high, BAR, (context, height) => paintScale(context, BAR, height));
      entry.prepend(`${block.title}  ${low}`);
      entry.dataset.layer = block.title;
      return entry;
    });
  }

  /** @param {Panel} panel */
  paintPanel({ index, layer: { context } }) {
    context.imageSmoothingEnabled = false;
    context.textBaseline = 'top';
    this.flow.places.forEach(({ block, left, top }, place) => {
      context.font = `${FONT}px ${token('--font')}`;
      context.fillStyle = token('--ink-2');
      context.fillText(block.title, left, top - 15);
      for (const tile of block.tiles) this.paintTile(context, tile, index, this.limits[place], left, top);
    });
  }

  /** @param {CanvasRenderingContext2D} context @param {Tile} tile @param {number} index of the optimizer */
  paintTile(context, tile, index, /** @type {number} */ limit, /** @type {number} */ left, /** @type {number} */ top) {
    const values = tile.tensor.values[index];
    if (!values) return;
    const { columns, rows } = tile;
    if (this.canvas.width < columns || this.canvas.height < rows) {
      [this.canvas.width, this.canvas.height] = [Math.max(columns, this.canvas.width), Math.max(rows, this.canvas.height)];
    }
    const image = this.small.createImageData(columns, rows);
    const pixels = new Uint32Array(image.data.buffer);
    for (let at = 0; at < pixels.length; at += 1) {
      const value = values[tile.first + at];
      if (Number.isFinite(value)) pixels[at] = this.colours[colourPlace(value, limit)];
    }
    this.small.putImageData(image, 0, 0);
    const { cell } = this.flow;
    const [x, y] = [left + tile.x * cell, top + tile.y * cell];
    context.drawImage(this.canvas, 0, 0, columns, rows, x, y, columns * cell, rows * cell);
    context.strokeStyle = token('--line');
    context.lineWidth = 1;
    context.strokeRect(x, y, columns * cell, rows * cell);
  }

  /** @param {Panel} panel */
  describe({ label }) {
    const sides = (/** @type {number[]} */ [first = 1, ...rest]) =>
      rest.map(String).reduce((one, other) => say('weights.sides', { one, other }), String(first));
    const sizes = this.blocks.map(({ title, tensors }) => say('weights.size', { layer: title, sides: sides(tensors[0].shape) }));
    return say('weights.described', { label, step: String(this.snapshot?.step), sizes: sizes.join(', ') });
  }

  /** @param {Panel} panel @param {number} x @param {number} y @returns {{rows: [string, string][]}|null} */
  tip({ index }, x, y) {
    const found = weightAt(this.flow, x, y);
    if (!found || !found.tensor.values[index]) return null;
    return { rows: [[weightName(found.tensor, found.at), formatNumber(found.tensor.values[index][found.at], DIGITS)]] };
  }
}

/** @param {HTMLElement} host @param {import('../multiples/multiples.js').ModelListeners} listeners */
export function createWeights(host, listeners) {
  return new WeightsView(host, listeners);
}
