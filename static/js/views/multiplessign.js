// @ts-check
/** The sign of an optimizer over its panel: a stroke in its colour and dash, with its marker, as on its card. */

import { colourOf, dashOf, markerOf } from '../core/palette.js';
import { createLayer } from './layer.js';
import { tracePolygon } from './marks.js';

const WIDTH = 28; // px
const HEIGHT = 16; // px

/** @returns {{el: HTMLCanvasElement, draw: (slot: number) => void}} */
export function createSign() {
  const layer = createLayer('multiples-sign');
  layer.el.setAttribute('aria-hidden', 'true');
  return {
    el: layer.el,
    draw(slot) {
      const { context } = layer;
      layer.resize(WIDTH, HEIGHT);
      context.strokeStyle = colourOf(slot);
      context.fillStyle = colourOf(slot);
      context.lineWidth = 2;
      context.setLineDash(dashOf(slot).map((each) => each / 2));
      context.beginPath();
      context.moveTo(1, HEIGHT / 2);
      context.lineTo(WIDTH - 1, HEIGHT / 2);
      context.stroke();
      context.beginPath();
      tracePolygon(context, markerOf(slot), WIDTH / 2, HEIGHT / 2, 4);
      context.fill();
    },
  };
}
