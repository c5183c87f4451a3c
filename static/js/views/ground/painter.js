// @ts-check
/** Draws a race: each whole path faintly, its trail up to the step brightly, the ball, and how it ended. */

import { token } from '../../core/palette.js';
import { borderPoint, clipSegment, contains, grown, segment } from '../drawing/clip.js';
import { drawArrow, drawBall, drawConverged, drawDiverged, tracePolygon } from '../drawing/marks.js';
import { createSpot, keptUntil, placeAt } from './tracks.js';

/** @typedef {import('./tracks.js').Track} Track */
/** @typedef {import('./tracks.js').Spot} Spot */
/** @typedef {import('../drawing/camera.js').Box} Box */

/**
 * @typedef {Object} Scene
 * @property {import('../../core/types.js').Race} race
 * @property {Track[]} tracks
 * @property {number} step
 * @property {import('./tracks.js').Project} project
 * @property {Box} box  nothing is drawn outside
 */

const AHEAD = 0.34; // opacity of what is still to come
/** Opacity and width of a path by how far the picture parts from the truth there. */
const FAINT = [{ alpha: 1, width: 1 }, { alpha: 0.75, width: 0.85 }, { alpha: 0.55, width: 0.7 }, { alpha: 0.4, width: 0.55 }];
const VEILED = { line: 0.34, ball: 0.55 }; // opacity behind the surface
const RECENT = 12; // steps drawn with full weight
const DOT_GAP = 7; // px between steps from which each one gets a dot
const MARGIN = 30; // px around the box up to which lines are kept

/** @param {CanvasRenderingContext2D} context @param {Scene} scene */
export function paintRace(context, scene) {
  context.save();
  context.beginPath();
  context.rect(scene.box.left, scene.box.top, scene.box.width, scene.box.height);
  context.clip();
  context.lineJoin = 'round';
  context.lineCap = 'round';
  const runs = scene.tracks.map((track) => runAt(scene, track));
  for (const run of runs) strokeRest(context, scene, run);
  for (const run of runs) strokeTrail(context, scene, run);
  for (const run of runs) paintDots(context, run);
  for (const run of runs) paintEnd(context, scene, run);
  for (const run of runs) paintBall(context, scene, run);
  context.restore();
}

/** @typedef {{track: Track, kept: number, ball: Spot, ended: boolean, step: number}} Run */

/** @param {Scene} scene @param {Track} track @returns {Run} */
function runAt(scene, track) {
  const ball = createSpot();
  const step = Math.min(scene.step, track.last);
  placeAt(scene.race, track, step, scene.project, ball);
  return { track, kept: keptUntil(track, step), ball, ended: track.outcome !== null && scene.step >= track.last, step };
}

/** What is still to come, and everything that the surface hides. @param {CanvasRenderingContext2D} context @param {Scene} scene @param {Run} run */
function strokeRest(context, scene, run) {
  const { track } = run;
  context.strokeStyle = track.look.colour;
  context.lineWidth = 1.5;
  context.setLineDash([]);
  context.globalAlpha = AHEAD;
  context.beginPath();
  traceLine(context, track, Math.max(0, run.kept - 1), track.count, scene.box, 0);
  context.stroke();
  context.globalAlpha = VEILED.line;
  context.setLineDash([2, 4]);
  context.beginPath();
  traceLine(context, track, 0, track.count, scene.box, 1);
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context @param {Scene} scene @param {Run} run */
function strokeTrail(context, scene, run) {
  const { track } = run;
  const recent = Math.max(0, keptUntil(track, run.step - RECENT) - 1);
  const strokes = /** @type {[string, number, number, number[]][]} */ ([
    [token('--halo'), 0, 4.5, []], [track.look.colour, 0, 2, track.look.dash], [track.look.colour, recent, 3, []],
  ]);
  for (const [colour, from, width, dash] of strokes) {
    context.strokeStyle = colour;
    context.setLineDash(dash);
    for (let faint = 0; faint <= track.faintest; faint += 1) strokeFaint(context, scene, run, from, width, faint);
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/** That part of the trail which is just as faint as this. @param {CanvasRenderingContext2D} context @param {Scene} scene @param {Run} run */
function strokeFaint(context, scene, run, /** @type {number} */ from, /** @type {number} */ width, /** @type {number} */ faint) {
  const { track, kept } = run;
  context.globalAlpha = FAINT[faint].alpha;
  context.lineWidth = width * FAINT[faint].width;
  context.beginPath();
  traceLine(context, track, from, kept, scene.box, 0, faint);
  if (kept > 0 && track.faint[kept - 1] === faint) traceLast(context, scene, run);
  context.stroke();
}

/** From the last kept point to the ball. @param {CanvasRenderingContext2D} context @param {Scene} scene @param {Run} run */
function traceLast(context, scene, run) {
  const from = run.kept - 1;
  if (from < 0 || run.ball.veiled) return;
  traceSegment(context, grown(scene.box, MARGIN), run.track.px[from], run.track.py[from], run.ball.x, run.ball.y);
}

/**
 * Adds the kept points [from, to) to the current path: those in sight (veil 0) or those behind the surface (veil 1), as
 * faint as `faint` or however faint. @param {CanvasRenderingContext2D} context @param {Track} track @param {Box} box
 */
function traceLine(context, track, /** @type {number} */ from, /** @type {number} */ to, box, /** @type {0|1} */ veil, faint = -1) {
  const wide = grown(box, MARGIN);
  let down = false;
  for (let place = from + 1; place < to; place += 1) {
    const hidden = track.veiled[place] & track.veiled[place - 1];
    if (hidden !== veil || (faint >= 0 && track.faint[place] !== faint)) {
      down = false;
      continue;
    }
    const bx = track.px[place];
    const by = track.py[place];
    if (down && contains(wide, bx, by)) context.lineTo(bx, by);
    else down = traceSegment(context, wide, track.px[place - 1], track.py[place - 1], bx, by);
  }
}

/** A clipped segment; true if the next one may go on from its end. @param {CanvasRenderingContext2D} context @param {Box} box */
function traceSegment(context, box, /** @type {number} */ ax, /** @type {number} */ ay, /** @type {number} */ bx, /** @type {number} */ by) {
  if (!clipSegment(box, ax, ay, bx, by)) return false;
  context.moveTo(segment.ax, segment.ay);
  context.lineTo(segment.bx, segment.by);
  return segment.bx === bx && segment.by === by;
}

/** A dot at every step where steps are far enough apart to be seen one by one. @param {CanvasRenderingContext2D} context @param {Run} run */
function paintDots(context, run) {
  const { track, kept } = run;
  context.fillStyle = track.look.colour;
  context.beginPath();
  for (let place = 1; place < kept; place += 1) {
    const gap = Math.hypot(track.px[place] - track.px[place - 1], track.py[place] - track.py[place - 1]);
    const whole = Number.isInteger(track.at[place]);
    if (gap >= DOT_GAP && whole && !track.veiled[place]) tracePolygon(context, 'circle', track.px[place], track.py[place], 2.4 * FAINT[track.faint[place]].width);
  }
  context.fill();
}

/** @param {CanvasRenderingContext2D} context @param {Scene} scene @param {Run} run */
function paintEnd(context, scene, run) {
  const { ball, track } = run;
  if (!run.ended || Number.isNaN(ball.x) || !contains(scene.box, ball.x, ball.y)) return;
  if (track.outcome === 'converged') drawConverged(context, track.look.colour, ball.x, ball.y);
}

/** @param {CanvasRenderingContext2D} context @param {Scene} scene @param {Run} run */
function paintBall(context, scene, run) {
  const { ball, track } = run;
  if (Number.isNaN(ball.x)) return;
  if (!contains(scene.box, ball.x, ball.y)) {
    const border = borderPoint(scene.box, ball.x, ball.y);
    drawArrow(context, track.look.colour, border.x, border.y, border.angle);
    return;
  }
  context.globalAlpha = ball.veiled ? VEILED.ball : 1;
  if (run.ended && track.outcome === 'diverged') drawDiverged(context, track.look.colour, ball.x, ball.y);
  else drawBall(context, track.look, ball.x, ball.y);
}
