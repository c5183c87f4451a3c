// @ts-check
/** A small picture of a dataset: its points with their classes, or the first of its pictures. */

import { token } from '../../core/palette.js';

/**
 * @typedef {import('../../core/types.js').Context} Context
 * @typedef {import('../../core/types.js').ModelData} ModelData
 * @typedef {import('../../core/types.js').Picture} Picture
 * @typedef {import('../../core/types.js').Task} Task
 */

/** Pixels of the canvas for one of the page, so that markers are sharp on any screen. */
const SHARP = 2;
/** Size of a marker for one pixel of the picture's side. */
const MARKER = 0.019;
const LEAST = 1.4;
/** So many points show what there is. */
const MOST = 160;

/** The picture as ink on nothing: the page's own ground is seen through it. @param {CanvasRenderingContext2D} context @param {{levels: number[], width: number, height: number}} picture */
function drawLevels(context, { levels, width, height }) {
  const image = context.createImageData(width, height);
  levels.forEach((level, place) => (image.data[4 * place + 3] = level));
  context.putImageData(image, 0, 0);
  context.globalCompositeOperation = 'source-in';
  context.fillStyle = token('--ink');
  context.fillRect(0, 0, width, height);
}

/** Data of one or two features as a picture of their training samples; null where they have others. @param {ModelData} data @returns {Picture|null} */
export function pictureOf({ train, window }) {
  if (!window || !train.inputs.length) return null;
  const share = (/** @type {[number, number]} */ [low, high], /** @type {number} */ value) => (value - low) / (high - low);
  const points = train.inputs.slice(0, MOST).map(([x, y], index) => {
    const target = train.targets[index];
    return /** @type {[number, number, number]} */ ([share(window.x, x), share(window.y, y ?? target), target]);
  });
  return { points };
}

/**
 * Paints the picture of a dataset; says whether it did. @param {Context} page @param {HTMLCanvasElement} canvas
 * @param {Picture} picture @param {Task[]} tasks @param {number} side  of the picture on the page, in px
 */
export function paintDataset({ drawSample }, canvas, picture, tasks, side) {
  const context = canvas.getContext('2d');
  if (!context || !drawSample) return false;
  const pixels = 'levels' in picture;
  canvas.width = pixels ? picture.width : SHARP * side;
  canvas.height = pixels ? picture.height : SHARP * side;
  canvas.toggleAttribute('data-pixels', pixels);
  if (pixels) {
    drawLevels(context, picture);
    return true;
  }
  context.scale(SHARP, SHARP);
  const radius = Math.max(LEAST, MARKER * side);
  for (const [x, y, label] of picture.points) {
    const look = { label: tasks.includes('regression') ? null : label, test: false };
    drawSample(context, look, x * side, (1 - y) * side, radius);
  }
  return true;
}
