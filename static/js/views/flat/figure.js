// @ts-check
/** What Plotly draws for the flat stage, as plain values: the field without axes, and the axes without a field. */

import { fieldScale, token } from '../../core/palette.js';
import { levelGrid } from '../ground/levels.js';
import { axis, baseLayout } from '../plotly.js';

/** @typedef {import('../../core/types.js').Field} Field */
/** @typedef {import('../../core/types.js').Range} Range */
/** @typedef {import('../ground/levels.js').Levels} Levels */
/** @typedef {import('../plotly.js').Figure} Figure */

const TICK_GAP = 90; // px

/** Room for the axes and the colour bar around a plot. @param {number} width */
function margins(width) {
  return width < 520 ? { l: 46, r: 50, t: 8, b: 38 } : { l: 48, r: 62, t: 12, b: 40 };
}

/** Where the picture lies. @returns {import('../drawing/camera.js').Box} */
export function plotBox(/** @type {number} */ width, /** @type {number} */ height) {
  const { l, r, t, b } = margins(width);
  return { left: l, top: t, width: Math.max(1, width - l - r), height: Math.max(1, height - t - b) };
}

/** Colours of a Plotly scale, evenly spaced. @returns {[number, string][]} */
export function colourScale() {
  const stops = fieldScale();
  return stops.map((colour, index) => [index / (stops.length - 1), colour]);
}

/** Where a field lies. @param {Field} field @returns {Range} */
export function extent(field) {
  return { x: [field.x[0], field.x[field.x.length - 1]], y: [field.y[0], field.y[field.y.length - 1]] };
}

/** Filled contours that cover width x height. @param {Field} field @param {Levels} levels @returns {Figure} */
export function figureField(field, levels, /** @type {number} */ width, /** @type {number} */ height) {
  const contour = {
    type: 'contour',
    x: field.x,
    y: field.y,
    z: levelGrid(field, levels),
    zauto: false,
    zmin: levels.low,
    zmax: levels.high,
    autocontour: false,
    contours: { start: levels.low, end: levels.high, size: levels.size, coloring: 'fill' },
    colorscale: colourScale(),
    line: { width: 0.75, color: token('--contour'), smoothing: 1 },
    showscale: false,
    hoverinfo: 'skip',
  };
  const { x, y } = extent(field);
  const bare = { visible: false, fixedrange: true, autorange: false };
  return {
    data: [contour],
    layout: { ...baseLayout(width, height), xaxis: { ...bare, range: x }, yaxis: { ...bare, range: y } },
  };
}

/** Axes with equal units per pixel and the same ticks on both. @param {Range} range @param {[string, string]} titles @returns {Figure} */
export function figureAxes(range, titles, /** @type {number} */ width, /** @type {number} */ height) {
  const margin = margins(width);
  const ticks = (/** @type {number} */ length) => Math.max(5, Math.round(length / TICK_GAP));
  const layout = {
    ...baseLayout(width, height),
    margin: { ...margin, pad: 0, autoexpand: false },
    xaxis: { ...axis(titles[0]), range: range.x, nticks: ticks(width - margin.l - margin.r) },
    yaxis: { ...axis(titles[1]), range: range.y, nticks: ticks(height - margin.t - margin.b) },
  };
  return { data: [], layout };
}
