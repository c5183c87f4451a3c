// @ts-check
/** Where the data lie inside a panel, and the axes around them. */

import { formatNumber } from '../../core/format.js';
import { token } from '../../core/palette.js';
import { projection } from '../drawing/camera.js';
import { multiples, niceStep } from '../drawing/ticks.js';

/** @typedef {import('../../core/types.js').Range} Range */
/** @typedef {import('../drawing/camera.js').Box} Box */
/** @typedef {ReturnType<typeof projection> & {box: Box, range: Range, roomy: boolean}} Scale */

const ROOMY = 240; // px of a panel's width from which it has numbers on its axes
const TICK = 4; // px
const FONT = 11; // px

/** Space around the data. @param {number} width of the panel */
export function marginsOf(width) {
  if (width < ROOMY) return { left: 15, right: 3, top: 3, bottom: 15 };
  return { left: 44, right: 10, top: 6, bottom: 34 };
}

/**
 * A box inside a panel and the map from the data into it.
 * @param {number} width @param {number} height @param {Range} range @param {boolean} equal whether a unit is as long on both axes
 * @returns {Scale}
 */
export function scaleOf(width, height, range, equal) {
  const margin = marginsOf(width);
  let across = Math.max(1, width - margin.left - margin.right);
  let up = Math.max(1, height - margin.top - margin.bottom);
  if (equal) {
    const unit = Math.max((range.x[1] - range.x[0]) / across, (range.y[1] - range.y[0]) / up);
    [across, up] = [(range.x[1] - range.x[0]) / unit, (range.y[1] - range.y[0]) / unit];
  }
  const box = { left: margin.left, top: margin.top, width: Math.round(across), height: Math.round(up) };
  return { ...projection(range, box), box, range, roomy: width >= ROOMY };
}

/** @param {CanvasRenderingContext2D} context @param {Scale} scale @param {[string, string]} names */
export function paintAxes(context, scale, names) {
  const { box, roomy } = scale;
  const [right, bottom] = [box.left + box.width, box.top + box.height];
  context.font = `${FONT}px ${token('--font')}`;
  context.fillStyle = token('--ink-2');
  context.strokeStyle = token('--line');
  context.lineWidth = 1;
  context.strokeRect(box.left - 0.5, box.top - 0.5, box.width + 1, box.height + 1);
  if (roomy) paintTicks(context, scale);
  context.textAlign = 'center';
  context.textBaseline = 'bottom';
  context.fillText(names[0], (box.left + right) / 2, bottom + (roomy ? 34 : 15), box.width);
  context.save();
  context.translate(box.left - (roomy ? 31 : 3), (box.top + bottom) / 2);
  context.rotate(-Math.PI / 2);
  context.fillText(names[1], 0, 0, box.height);
  context.restore();
}

/** @param {CanvasRenderingContext2D} context @param {Scale} scale */
function paintTicks(context, { box, range, toX, toY }) {
  const bottom = box.top + box.height;
  const few = (/** @type {[number, number]} */ [low, high], /** @type {number} */ length) =>
    multiples(low, high, niceStep(((high - low) * 46) / length));
  context.beginPath();
  context.textAlign = 'center';
  context.textBaseline = 'top';
  for (const x of few(range.x, box.width)) {
    context.moveTo(toX(x), bottom);
    context.lineTo(toX(x), bottom + TICK);
    context.fillText(formatNumber(x, 3), toX(x), bottom + TICK + 2);
  }
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const y of few(range.y, box.height)) {
    context.moveTo(box.left - TICK, toY(y));
    context.lineTo(box.left, toY(y));
    context.fillText(formatNumber(y, 3), box.left - TICK - 2, toY(y));
  }
  context.stroke();
}
