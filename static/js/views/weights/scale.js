// @ts-check
/** The colours of weights: symmetric about zero, one scale a layer for all optimizers. */

import { formatNumber } from '../../core/format.js';
import { token } from '../../core/palette.js';
import { mixed } from '../data/field.js';
import { channels } from '../drawing/thumbnail.js';

/** @typedef {import('./layout.js').Block} Block */

const STEPS = 128; // colours on each side of zero
const ROUND = [1, 1.5, 2, 3, 4, 5, 6, 8, 10]; // few, so that a scale rests while weights move

/** The round number that no weight of a layer exceeds, over the optimizers with these indices; 1 where all are zero. @param {Block} block @param {number[]} indices */
export function limitOf(block, indices) {
  let most = 0;
  for (const { values } of block.tensors) {
    for (const index of indices) {
      const own = values[index] ?? [];
      for (let at = 0; at < own.length; at += 1) if (Math.abs(own[at]) > most && Number.isFinite(own[at])) most = Math.abs(own[at]);
    }
  }
  const power = 10 ** Math.floor(Math.log10(most || 1));
  return most > 0 ? power * (ROUND.find((factor) => factor * power >= most) ?? 10) : 1;
}

/** Pixels from the most negative weight over zero to the most positive, 2 STEPS + 1 of them. */
export function weightColours() {
  const [zero, negative, positive] = ['--zero', '--negative', '--positive'].map((name) => channels(token(name)));
  return Uint32Array.from({ length: 2 * STEPS + 1 }, (_, at) => {
    const share = at / STEPS - 1;
    return mixed(zero, share < 0 ? negative : positive, Math.abs(share));
  });
}

/** The place of a weight among the colours. @param {number} value @param {number} limit */
export function colourPlace(value, limit) {
  return Math.round(STEPS * (1 + Math.max(-1, Math.min(1, value / limit))));
}

/** The numbers at both ends of a layer's scale and in its middle. @param {number} limit */
export function scaleWords(limit) {
  return [formatNumber(-limit), '0', formatNumber(limit)];
}

/** Paints the scale from left to right. @param {CanvasRenderingContext2D} context @param {number} width @param {number} height */
export function paintScale(context, width, height) {
  const gradient = context.createLinearGradient(0, 0, width, 0);
  ['--negative', '--zero', '--positive'].forEach((name, at) => gradient.addColorStop(at / 2, token(name)));
  context.fillStyle = gradient;
  context.fillRect(0, 3, width, height - 6);
}
