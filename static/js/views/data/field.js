// @ts-check
/** The field of predictions in the hues of the classes, stronger where the model is surer. */

import { token } from '../../core/palette.js';
import { channels } from '../drawing/thumbnail.js';

/** @typedef {import('./boundary.js').Sheet} Sheet */

const STRENGTH = 0.5; // of a class's own colour where the model is certain

/** @param {number[]} from @param {number[]} to @param {number} share @returns {number} the colour between, as the bytes of a pixel */
export function mixed(from, to, share) {
  const [r, g, b] = from.map((start, channel) => Math.round(start + share * (to[channel] - start)));
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
}

/**
 * The pixel of every level: for two classes 256 of them, from class 0 over the colour of not knowing to class 1; for
 * more, 256 of each class, from a guess among all of them to certainty.
 * @param {number} classes
 */
export function fieldColours(classes) {
  const base = channels(token('--class-base'));
  const own = Array.from({ length: Math.max(2, classes) }, (_, index) => channels(token(`--class-${index % 8}`)));
  if (classes <= 2) {
    return Uint32Array.from({ length: 256 }, (_, level) => {
      const sure = level / 127.5 - 1;
      return mixed(base, own[Number(sure > 0)], STRENGTH * Math.abs(sure));
    });
  }
  return Uint32Array.from({ length: 256 * classes }, (_, place) => {
    const sure = ((place % 256) / 255 - 1 / classes) / (1 - 1 / classes);
    return mixed(base, own[place >> 8], STRENGTH * Math.max(0, sure));
  });
}

/** A small picture of the field: one pixel a sample, to be drawn larger. */
export function createFieldPicture() {
  const canvas = document.createElement('canvas');
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  /** @type {ImageData|null} */
  let image = null;

  /** @param {Sheet} sheet @param {Uint32Array} colours */
  function fill({ columns, rows, levels, classes }, colours) {
    if (!image || image.width !== columns || image.height !== rows) {
      [canvas.width, canvas.height] = [columns, rows];
      image = context.createImageData(columns, rows);
    }
    const pixels = new Uint32Array(image.data.buffer);
    for (let row = 0; row < rows; row += 1) {
      const to = (rows - 1 - row) * columns;
      for (let column = 0; column < columns; column += 1) {
        const at = row * columns + column;
        pixels[to + column] = colours[classes ? classes[at] * 256 + levels[at] : levels[at]];
      }
    }
    context.putImageData(image, 0, 0);
  }

  return {
    /** Draws the field with its outermost samples on the edges of the box. @param {CanvasRenderingContext2D} to @param {Sheet} sheet @param {Uint32Array} colours @param {import('../drawing/camera.js').Box} box */
    draw(to, sheet, colours, box) {
      fill(sheet, colours);
      to.imageSmoothingEnabled = true;
      to.drawImage(canvas, 0.5, 0.5, sheet.columns - 1, sheet.rows - 1, box.left, box.top, box.width, box.height);
    },
  };
}
