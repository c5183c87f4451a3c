// @ts-check
/** Small shapes on a canvas: the optimizers' markers, the surface's stationary points, how runs ended. */

import { token } from '../../core/palette.js';
import { contains } from './clip.js';

/** @typedef {CanvasRenderingContext2D} Context */
/** @typedef {import('../../core/types.js').Point} Point */
/** @typedef {[number, number][]} Corners around the origin, for a radius of 1 */

/** @param {number} count @param {number} turn in turns from "up" @returns {Corners} */
function regular(count, turn = 0, radii = [1]) {
  return Array.from({ length: count }, (_, index) => {
    const angle = 2 * Math.PI * (index / count + turn);
    const radius = radii[index % radii.length];
    return [radius * Math.sin(angle), -radius * Math.cos(angle)];
  });
}

/** @type {Corners} */
const CROSS = [[-0.38, -1.05], [0.38, -1.05], [0.38, -0.38], [1.05, -0.38], [1.05, 0.38], [0.38, 0.38],
  [0.38, 1.05], [-0.38, 1.05], [-0.38, 0.38], [-1.05, 0.38], [-1.05, -0.38], [-0.38, -0.38]]; // prettier-ignore

/** Every shape of core/palette.js but the circle. @type {Record<string, Corners>} */
const SHAPES = {
  square: regular(4, 1 / 8, [1.2]),
  diamond: regular(4, 0, [1.25]),
  'triangle-up': regular(3, 0, [1.3]),
  'triangle-down': regular(3, 1 / 2, [1.3]),
  cross: CROSS,
  star: regular(10, 0, [1.35, 0.62]),
  hexagon: regular(6, 0, [1.12]),
};

/** Adds a shape's outline to the current path. @param {Context} context @param {string} shape */
export function tracePolygon(context, shape, /** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ radius) {
  const corners = SHAPES[shape];
  if (!corners) {
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  corners.forEach(([dx, dy], index) =>
    index === 0 ? context.moveTo(x + dx * radius, y + dy * radius) : context.lineTo(x + dx * radius, y + dy * radius),
  );
  context.closePath();
}

/** The moving marker of an optimizer. @param {Context} context @param {{marker: string, colour: string}} look */
export function drawBall(context, look, /** @type {number} */ x, /** @type {number} */ y, radius = 6) {
  context.beginPath();
  tracePolygon(context, look.marker, x, y, radius);
  context.lineJoin = 'round';
  context.lineWidth = 4;
  context.strokeStyle = token('--halo');
  context.stroke();
  context.fillStyle = look.colour;
  context.fill();
}

/** Strokes what `trace` adds to the path: wide in the halo's colour, thin in `colour`. @param {Context} context @param {() => void} trace */
function strokeTwice(context, trace, /** @type {string} */ colour, width = 1.5) {
  context.beginPath();
  trace();
  context.strokeStyle = token('--halo');
  context.lineWidth = width + 2.5;
  context.stroke();
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
}

/** A stationary point of the surface. @param {Context} context @param {Point['kind']} kind */
export function drawPoint(context, kind, /** @type {number} */ x, /** @type {number} */ y) {
  const mark = token('--mark');
  if (kind === 'global') {
    strokeTwice(context, () => tracePolygon(context, 'star', x, y, 5.5), mark, 1);
    context.fillStyle = mark;
    context.fill();
  } else if (kind === 'local') {
    strokeTwice(context, () => tracePolygon(context, 'circle', x, y, 3.5), mark, 1.25);
  } else {
    strokeTwice(context, () => traceX(context, x, y, 3.5), mark, 1.25);
  }
}

/** Those that lie inside the box. @param {Context} context @param {Point[]} points @param {ReturnType<typeof import('./camera.js').projection>} plane @param {import('./camera.js').Box} box */
export function drawPoints(context, points, plane, box) {
  for (const point of points) {
    const [x, y] = [plane.toX(point.x), plane.toY(point.y)];
    if (contains(box, x, y)) drawPoint(context, point.kind, x, y);
  }
}

/** @param {Context} context */
function traceX(context, /** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ radius) {
  context.moveTo(x - radius, y - radius);
  context.lineTo(x + radius, y + radius);
  context.moveTo(x + radius, y - radius);
  context.lineTo(x - radius, y + radius);
}

/** A ring around the place where a run converged. @param {Context} context */
export function drawConverged(context, /** @type {string} */ colour, /** @type {number} */ x, /** @type {number} */ y) {
  strokeTwice(context, () => tracePolygon(context, 'circle', x, y, 11), colour, 1.5);
}

/** An x where a run was last finite. @param {Context} context */
export function drawDiverged(context, /** @type {string} */ colour, /** @type {number} */ x, /** @type {number} */ y) {
  strokeTwice(context, () => traceX(context, x, y, 5), colour, 2.5);
}

/** An arrow head at (x, y) that points along `angle`: the thing itself is further out. @param {Context} context */
export function drawArrow(context, /** @type {string} */ colour, /** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ angle) {
  const trace = () => {
    for (const [index, [along, across]] of [[0, 0], [-13, 6], [-9.5, 0], [-13, -6]].entries()) {
      const px = x + along * Math.cos(angle) - across * Math.sin(angle);
      const py = y + along * Math.sin(angle) + across * Math.cos(angle);
      if (index === 0) context.moveTo(px, py);
      else context.lineTo(px, py);
    }
    context.closePath();
  };
  strokeTwice(context, trace, colour, 1);
  context.fillStyle = colour;
  context.fill();
}

/** The entry under the pointer. @param {Context} context */
export function drawHover(context, /** @type {string} */ colour, /** @type {number} */ x, /** @type {number} */ y) {
  strokeTwice(context, () => tracePolygon(context, 'circle', x, y, 5), colour, 2);
}

/** The start, where it cannot be taken hold of. @param {Context} context */
export function drawStart(context, /** @type {number} */ x, /** @type {number} */ y) {
  strokeTwice(context, () => tracePolygon(context, 'circle', x, y, 9), token('--mark'), 2);
}
