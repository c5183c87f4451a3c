// @ts-check
/** The lines of a chart, and the markers at the step. */

import { colourOf, dashOf, markerOf } from '../../core/palette.js';
import { clipSegment, segment } from '../drawing/clip.js';
import { drawArrow, drawBall, drawDiverged } from '../drawing/marks.js';
import { knownAt } from './charts.js';

/** @typedef {import('../drawing/camera.js').Box} Box */
/** @typedef {import('../drawing/layer.js').Layer} Layer */
/** @typedef {import('./charts.js').Line} Line */
/** @typedef {import('../../core/profiletypes.js').Role} Role */

/**
 * @typedef {Object} Chart
 * @property {import('../../core/types.js').Race} race
 * @property {import('../../core/types.js').Style[]} styles
 * @property {import('./charts.js').Series} series
 * @property {import('./scale.js').Log} log
 * @property {Box} box
 * @property {ReturnType<typeof import('../drawing/camera.js').projection>} plane
 * @property {import('./scale.js').Span} y
 */

/**
 * How lines look by what they are. dash: null for the optimizer's own, where nothing else tells lines apart;
 * ball: radius of its marker, 0 for none.
 * @type {Record<Role, {width: number, alpha: number, dash: number[]|null, ball: number}>}
 */
const LOOKS = {
  only: { width: 1.75, alpha: 1, dash: null, ball: 4 },
  train: { width: 1.75, alpha: 1, dash: [], ball: 4 },
  test: { width: 1.5, alpha: 1, dash: [5, 4], ball: 2.5 },
  batch: { width: 0.75, alpha: 0.22, dash: [], ball: 0 },
};
const CROWDED = 0.12; // share of the chart that a batch's line may cover before it gets fainter
const FAINTEST = 0.04;
const FAR = 1e6; // px, for values that have no place on the axis
const NEAR = 0.5; // px: a point nearer than this to the one before does not change the line

/** Height of a value; far below the chart where a logarithm has none. @param {Chart} chart @param {number} value */
function heightOf(chart, value) {
  if (Number.isNaN(value)) return NaN;
  if (!chart.log.y) return Math.max(-FAR, Math.min(FAR, chart.plane.toY(value)));
  const lifted = value - chart.series.base;
  return lifted > 0 ? chart.plane.toY(Math.log10(lifted)) : FAR;
}

/** @param {Chart} chart @param {number} step */
function placeOf(chart, step) {
  return chart.plane.toX(chart.log.x ? Math.log10(Math.max(step, 1)) : step);
}

/** @typedef {{slot: number, alpha: number, role: Role, path: Path2D}} Stroke */

/** The visible runs as lines, to be drawn into more than one buffer. @param {Chart} chart @returns {Stroke[]} */
export function linesOf(chart) {
  return chart.series.lines.flatMap((line) => {
    const style = chart.styles[line.index];
    if (style.hidden) return [];
    const path = new Path2D();
    const length = traceRun(path, chart, line);
    return [{ slot: style.slot, alpha: alphaOf(line.role, length, chart.box), role: line.role, path }];
  });
}

/** Losses of small batches leap at every step: the more of the chart their line blackens, the fainter it is. @param {Role} role @param {number} length px @param {Box} box */
function alphaOf(role, length, { width, height }) {
  const { alpha, width: thick } = LOOKS[role];
  if (role !== 'batch') return alpha;
  const covered = (length * thick) / (width * height);
  return Math.max(FAINTEST, alpha * Math.min(1, CROWDED / covered));
}

/** @param {Layer} layer @param {Chart} chart @param {Stroke[]} lines @param {number} alpha */
export function paintLines(layer, chart, lines, alpha) {
  const { context } = layer;
  const { left, top, width, height } = chart.box;
  layer.clear();
  context.save();
  context.beginPath();
  context.rect(left, top - 2, width + 2, height + 4);
  context.clip();
  context.lineJoin = 'round';
  for (const { slot, alpha: own, role, path } of lines) {
    const look = LOOKS[role];
    context.globalAlpha = alpha * own;
    context.lineWidth = look.width;
    context.strokeStyle = colourOf(slot);
    context.setLineDash(look.dash ?? dashOf(slot));
    context.stroke(path);
  }
  context.restore();
}

/** What was not measured is passed over. @param {Path2D} path @param {Chart} chart @param {Line} line @returns {number} px that were drawn */
function traceRun(path, chart, line) {
  const { index, values } = line;
  const { box, race } = chart;
  const first = chart.log.x ? 1 : 0;
  let [ax, ay, joined, length] = [placeOf(chart, first), heightBetween(chart, line, first), false, 0];
  for (let step = first + 1; step < race.lengths[index]; step += 1) {
    if (Number.isNaN(values[step])) continue;
    const bx = placeOf(chart, step);
    const by = heightOf(chart, values[step]);
    if (Math.abs(bx - ax) < NEAR && Math.abs(by - ay) < NEAR && step < race.lengths[index] - 1) continue;
    if (clipSegment(box, ax, ay, bx, by)) {
      if (!joined) path.moveTo(segment.ax, segment.ay);
      path.lineTo(segment.bx, segment.by);
      length += Math.hypot(segment.bx - segment.ax, segment.by - segment.ay);
      joined = segment.bx === bx && segment.by === by;
    } else {
      joined = false;
    }
    [ax, ay] = [bx, by];
  }
  return length;
}

/** Height at a step, on the straight line between the entries that were measured around it; after the last, as there. @param {Chart} chart @param {Line} line @param {number} step */
function heightBetween(chart, { index, values }, step) {
  const before = knownAt(values, Math.floor(step));
  const from = heightOf(chart, before.value);
  if (before.step === step) return from;
  let next = before.step + 1;
  while (next < chart.race.lengths[index] && Number.isNaN(values[next])) next += 1;
  if (next >= chart.race.lengths[index]) return from;
  return from + ((step - before.step) / (next - before.step)) * (heightOf(chart, values[next]) - from);
}

/** Where every run is at the step, how it ended, and where it left the chart. @param {CanvasRenderingContext2D} context @param {Chart} chart @param {number} step */
export function paintMarkers(context, chart, step) {
  for (const line of chart.series.lines) {
    if (LOOKS[line.role].ball && !chart.styles[line.index].hidden && chart.race.lengths[line.index] > 0) paintMarker(context, chart, line, step);
  }
}

/** @param {CanvasRenderingContext2D} context @param {Chart} chart @param {Line} line @param {number} step */
function paintMarker(context, chart, line, step) {
  const { index, role } = line;
  const { box, race, styles } = chart;
  const last = race.lengths[index] - 1;
  const held = Math.min(step, last);
  const x = placeOf(chart, held);
  const y = heightBetween(chart, line, held);
  const colour = colourOf(styles[index].slot);
  if (y < box.top) drawArrow(context, colour, x, box.top, -Math.PI / 2);
  else if (y <= box.top + box.height) {
    const over = step >= last && race.outcomes?.[index]?.kind === 'diverged';
    if (over) drawDiverged(context, colour, x, y);
    else drawBall(context, { colour, marker: markerOf(styles[index].slot) }, x, y, LOOKS[role].ball);
  }
}
