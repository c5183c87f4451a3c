// @ts-check
/** The samples of a dataset: colour and shape by class, filled to train, hollow to test. */

import { token } from '../../core/palette.js';
import { createLayer } from '../drawing/layer.js';
import { tracePolygon } from '../drawing/marks.js';

/** @typedef {import('../../core/types.js').ModelData} ModelData */
/** @typedef {import('../drawing/camera.js').Box} Box */
/** @typedef {import('./scale.js').Scale} Scale */
/** @typedef {{x: number, y: number, target: number, test: boolean}} Sample */

const SHAPES = ['circle', 'triangle-up', 'square', 'diamond', 'cross', 'star', 'triangle-down', 'hexagon'];
const REACH = 9; // px around a sample in which the pointer means it

/** Colour of a class. @param {number} label */
function classColour(label) {
  return token(`--class-${label % SHAPES.length}`);
}

/** One sample; `look.label` null where there are no classes. @param {CanvasRenderingContext2D} context @param {{label: number|null, test: boolean}} look */
export function drawSample(context, { label, test }, /** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ radius) {
  const colour = label === null ? token('--ink-2') : classColour(label);
  context.beginPath();
  tracePolygon(context, SHAPES[(label ?? 0) % SHAPES.length], x, y, test ? radius - 0.25 : radius);
  context.lineJoin = 'round';
  context.lineWidth = Math.min(test ? 3.5 : 2, radius);
  context.strokeStyle = token('--halo');
  context.stroke();
  context.fillStyle = test ? token('--panel') : colour;
  context.fill();
  if (!test) return;
  context.lineWidth = Math.min(1.5, radius / 2);
  context.strokeStyle = colour;
  context.stroke();
}

/** Samples in the plane that is drawn: the target is the class or, of one feature, the second coordinate. @param {ModelData} data @returns {Sample[]} */
function samplesOf(data) {
  const list = (/** @type {import('../../core/types.js').ModelData['train']} */ { inputs, targets }, /** @type {boolean} */ test) =>
    (inputs ?? []).map(([x, y], index) => ({ x, y: y ?? targets[index], target: targets[index], test }));
  return [...list(data.train, false), ...list(data.test, true)];
}

/** Small where there are many on little room. @param {number} count @param {Box} box */
function sampleRadius(count, box) {
  return Math.max(1.5, Math.min(4.5, 0.19 * Math.sqrt((box.width * box.height) / Math.max(1, count))));
}

/** All samples as one picture, which the panels share: it is made anew only for another size, theme or other data. */
export function createSamplePicture() {
  const layer = createLayer('');
  let key = '';
  /** @type {Sample[]} */
  let samples = [];
  return {
    /** @param {ModelData} data */
    set(data) {
      samples = samplesOf(data);
      key = '';
    },
    forget() {
      key = '';
    },
    /** @param {CanvasRenderingContext2D} context @param {Scale} scale @param {boolean} classes */
    draw(context, scale, classes) {
      const { box } = scale;
      const now = JSON.stringify([box, scale.range, devicePixelRatio]);
      if (now !== key) paint(layer, samples, scale, classes);
      key = now;
      context.drawImage(layer.el, 0, 0, box.left + box.width + box.left, box.top + box.height + box.top);
    },
    /** The sample under the pointer. @param {Scale} scale @param {number} px @param {number} py @returns {Sample|null} */
    near(scale, px, py) {
      const far = samples.map(({ x, y }) => Math.hypot(scale.toX(x) - px, scale.toY(y) - py));
      const nearest = far.reduce((best, distance, index) => (distance < far[best] ? index : best), 0);
      return far[nearest] <= REACH ? samples[nearest] : null;
    },
  };
}

/** @param {import('../drawing/layer.js').Layer} layer @param {Sample[]} samples @param {Scale} scale @param {boolean} classes */
function paint(layer, samples, { box, toX, toY }, classes) {
  layer.resize(2 * box.left + box.width, 2 * box.top + box.height);
  const radius = sampleRadius(samples.length, box);
  for (const { x, y, target, test } of samples) {
    drawSample(layer.context, { label: classes ? target : null, test }, toX(x), toY(y), radius);
  }
}
