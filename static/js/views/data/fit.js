// @ts-check
/** The curve that a model makes of one input, through its data. */

import { colourOf, dashOf, token } from '../../core/palette.js';
import { tame } from '../drawing/clip.js';

/** @typedef {import('./scale.js').Scale} Scale */
/** @typedef {{x: ArrayLike<number>, y: ArrayLike<number>}} Fit */

/** Draws the curve inside the box, in its optimizer's colour and dash. @param {CanvasRenderingContext2D} context @param {Fit} fit @param {Scale} scale @param {number} slot */
export function paintFit(context, { x, y }, scale, slot) {
  const { box, toX, toY } = scale;
  context.save();
  context.beginPath();
  context.rect(box.left, box.top, box.width, box.height);
  context.clip();
  context.beginPath();
  for (let at = 0; at < x.length; at += 1) if (Number.isFinite(y[at])) context.lineTo(toX(x[at]), tame(toY(y[at])));
  context.lineJoin = 'round';
  context.strokeStyle = token('--halo');
  context.lineWidth = 5;
  context.stroke();
  context.setLineDash(dashOf(slot));
  context.strokeStyle = colourOf(slot);
  context.lineWidth = 2.25;
  context.stroke();
  context.restore();
}

/** The curve's height at x, by straight interpolation; NaN outside. @param {Fit} fit @param {number} x */
export function fitAt({ x: xs, y: ys }, x) {
  let right = 1;
  while (right < xs.length && xs[right] < x) right += 1;
  if (right >= xs.length || x < xs[0]) return NaN;
  const part = (x - xs[right - 1]) / (xs[right] - xs[right - 1]);
  return ys[right - 1] + part * (ys[right] - ys[right - 1]);
}
