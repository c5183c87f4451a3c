// @ts-check
/** What is marked on a hill, faintly where the hill hides it. */

import { drawPoint, drawStart } from '../drawing/marks.js';
import { createSpot } from '../ground/tracks.js';

/** @typedef {import('../ground/tracks.js').Project} Project */

/** @param {CanvasRenderingContext2D} context @param {import('../../core/types.js').Point[]} points @param {[number, number]|null} start @param {Project} place */
export function paintMarks(context, points, start, place) {
  for (const point of points) paintAt(context, place, point.x, point.y, (x, y) => drawPoint(context, point.kind, x, y));
  if (start) paintAt(context, place, start[0], start[1], (x, y) => drawStart(context, x, y));
}

/** Paints something where (x, y) lies. @param {CanvasRenderingContext2D} context @param {Project} place @param {(x: number, y: number) => void} mark */
function paintAt(context, place, /** @type {number} */ x, /** @type {number} */ y, mark) {
  const spot = createSpot();
  place(x, y, spot);
  if (Number.isNaN(spot.x)) return;
  context.globalAlpha = spot.veiled ? 0.25 : 1;
  mark(spot.x, spot.y);
  context.globalAlpha = 1;
}
