// @ts-check
/** Small pictures of surfaces in the field's colours. */

import { fieldScale } from '../../core/palette.js';

/** Red, green and blue of any CSS colour. @param {string} colour @returns {number[]} */
export function channels(colour) {
  const context = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
}

/** 256 colours from the lowest level to the highest, evenly along the field's scale. */
function ramp() {
  const stops = fieldScale().map(channels);
  return Array.from({ length: 256 }, (_, level) => {
    const at = (level / 255) * (stops.length - 1);
    const before = Math.min(Math.floor(at), stops.length - 2);
    return stops[before].map((from, channel) => from + (at - before) * (stops[before + 1][channel] - from));
  });
}

/**
 * Draws levels 0 to 255 as a picture, its first row at the top.
 * @param {HTMLCanvasElement} canvas @param {ArrayLike<number>} levels @param {number} width @param {number} height
 */
export function drawThumbnail(canvas, levels, width, height) {
  canvas.width = width;
  canvas.height = height;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const image = context.createImageData(width, height);
  const colours = ramp();
  for (let place = 0; place < width * height; place += 1) image.data.set([...colours[levels[place]], 255], 4 * place);
  context.putImageData(image, 0, 0);
}
