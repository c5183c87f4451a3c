// @ts-check
/** The lines of a chart, and the markers at the step. */

import { colourOf, dashOf, markerOf } from '../core/palette.js';
import { clipSegment, segment } from './clip.js';
import { drawArrow, drawBall, drawDiverged } from './marks.js';

/** @typedef {import('./camera2d.js').Box} Box */
/** @typedef {import('./layer.js').Layer} Layer */

/**
 * @typedef {Object} Chart
 * @property {import('../core/types.js').Race} race
 * @property {import('../core/types.js').Style[]} styles
 * @property {import('./curvescale.js').Series} series
 * @property {import('./curvescale.js').Log} log
 * @property {Box} box
 * @property {ReturnType<typeof import('./camera2d.js').projection>} plane
 * @property {import('./curvescale.js').Span} y
 */

const FAR = 1e6; // px, for values that have no place on the axis
const NEAR = 0.5; // px: a point nearer than this to the one before does not change the line

/** Height of a run at a step; far below the chart where a logarithm has no value. @param {Chart} chart */
function heightAt(chart, /** @type {number} */ index, /** @type {number} */ step) {
  const value = chart.series.values[index][step];
  if (Number.isNaN(value)) return NaN;
  if (!chart.log.y) return Math.max(-FAR, Math.min(FAR, chart.plane.toY(value)));
  const lifted = value - chart.series.base;
  return lifted > 0 ? chart.plane.toY(Math.log10(lifted)) : FAR;
}

/** @param {Chart} chart @param {number} step */
function placeOf(chart, step) {
  return chart.plane.toX(chart.log.x ? Math.log10(Math.max(step, 1)) : step);
}

/** The visible runs as lines, to be drawn into more than one buffer. @param {Chart} chart @returns {{slot: number, path: Path2D}[]} */
export function linesOf(chart) {
  return chart.styles.flatMap((style, index) => {
    if (style.hidden) return [];
    const path = new Path2D();
    traceRun(path, chart, index);
    return [{ slot: style.slot, path }];
  });
}

/** @param {Layer} layer @param {Chart} chart @param {{slot: number, path: Path2D}[]} lines @param {number} alpha */
export function paintLines(layer, chart, lines, alpha) {
  const { context } = layer;
  const { left, top, width, height } = chart.box;
  layer.clear();
  context.save();
  context.beginPath();
  context.rect(left, top - 2, width + 2, height + 4);
  context.clip();
  context.globalAlpha = alpha;
  context.lineWidth = 1.75;
  context.lineJoin = 'round';
  for (const { slot, path } of lines) {
    context.strokeStyle = colourOf(slot);
    context.setLineDash(dashOf(slot));
    context.stroke(path);
  }
  context.restore();
}

/** @param {Path2D} line @param {Chart} chart @param {number} index */
function traceRun(line, chart, index) {
  const { box, race } = chart;
  const first = chart.log.x ? 1 : 0;
  let [ax, ay, joined] = [placeOf(chart, first), heightAt(chart, index, first), false];
  for (let step = first + 1; step < race.lengths[index]; step += 1) {
    const bx = placeOf(chart, step);
    const by = heightAt(chart, index, step);
    if (Math.abs(bx - ax) < NEAR && Math.abs(by - ay) < NEAR && step < race.lengths[index] - 1) continue;
    if (clipSegment(box, ax, ay, bx, by)) {
      if (!joined) line.moveTo(segment.ax, segment.ay);
      line.lineTo(segment.bx, segment.by);
      joined = segment.bx === bx && segment.by === by;
    } else {
      joined = false;
    }
    [ax, ay] = [bx, by];
  }
}

/** Where every run is at the step, how it ended, and where it left the chart. @param {CanvasRenderingContext2D} context @param {Chart} chart @param {number} step */
export function paintMarkers(context, chart, step) {
  const { box, race, styles } = chart;
  styles.forEach((style, index) => {
    if (style.hidden || !(race.lengths[index] > 0)) return;
    const last = race.lengths[index] - 1;
    const held = Math.min(step, last);
    const x = placeOf(chart, held);
    const y = heightBetween(chart, index, held);
    const colour = colourOf(style.slot);
    if (y < box.top) return drawArrow(context, colour, x, box.top, -Math.PI / 2);
    if (!(y <= box.top + box.height)) return undefined;
    const over = step >= last && race.outcomes?.[index]?.kind === 'diverged';
    if (over) return drawDiverged(context, colour, x, y);
    return drawBall(context, { colour, marker: markerOf(style.slot) }, x, y, 4);
  });
}

/** @param {Chart} chart @param {number} index @param {number} step */
function heightBetween(chart, index, step) {
  const before = Math.floor(step);
  const from = heightAt(chart, index, before);
  return step === before ? from : from + (step - before) * (heightAt(chart, index, before + 1) - from);
}
