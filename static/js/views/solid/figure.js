// @ts-check
/** What Plotly draws for the stage in three dimensions, as plain values. */

import { token } from '../../core/palette.js';
import { say } from '../../core/words.js';
import { colourScale, extent } from '../flat/figure.js';
import { barTicks } from '../ground/levels.js';
import { baseLayout, font } from '../plotly.js';

/** @typedef {import('../../core/types.js').Field} Field */
/** @typedef {import('../ground/levels.js').Levels} Levels */

const HEIGHT = 0.52; // of the scene's wider side
const TICK_GAP = 0.18;

/** Where the camera looks from at first: from further away where the view is narrow. */
function cameraFor(/** @type {number} */ width, /** @type {number} */ height) {
  const back = Math.max(0.92, Math.min(2, 1.75 * (height / width) - 0.56));
  return {
    eye: { x: -0.86 * back, y: -1.1 * back, z: 1.44 * back },
    // A little to the left, where the words of the loss axis stand.
    center: { x: -0.05, y: 0.04, z: -0.14 },
    up: { x: 0, y: 0, z: 1 },
  };
}

/** @typedef {{x: number, y: number, z: number}} Eye */

/** The same with another eye, unless that is null. @param {number[]|null} eye */
export function cameraFrom(eye, /** @type {number} */ width, /** @type {number} */ height) {
  const home = cameraFor(width, height);
  return eye ? { ...home, eye: { x: eye[0], y: eye[1], z: eye[2] } } : home;
}

/** An eye as numbers, null where it is at home. @param {Eye} eye @returns {number[]|null} */
export function toldEye(eye, /** @type {number} */ width, /** @type {number} */ height) {
  return isTurned(eye, cameraFor(width, height).eye) ? [eye.x, eye.y, eye.z].map((part) => Number(part.toFixed(3))) : null;
}

/** Whether a camera looks from elsewhere than another. @param {Eye} eye @param {Eye} home */
function isTurned(eye, home) {
  return Math.hypot(eye.x - home.x, eye.y - home.y, eye.z - home.z) > 0.01;
}

/** @param {Field} field @param {(number|null)[][]} grid levels held inside [low, high] @param {Levels} levels @param {[string, string]} titles @param {number[]|null} [eye] @returns {import('../plotly.js').Figure} */
export function figure3d(field, grid, levels, titles, /** @type {number} */ width, /** @type {number} */ height, eye = null) {
  const { x, y } = extent(field);
  const widest = Math.max(x[1] - x[0], y[1] - y[0]);
  // The lowest corner belongs to the labels of y.
  const ticks = barTicks(levels, TICK_GAP).filter((tick) => tick.at > 0.1);
  const losses = ticks.map((tick) => levels.low + tick.at * (levels.high - levels.low));
  const scene = {
    xaxis: { ...sceneAxis(titles[0]), range: x, nticks: 6 },
    yaxis: { ...sceneAxis(titles[1]), range: y, nticks: 6 },
    zaxis: {
      ...sceneAxis(say('solid.loss')),
      range: [levels.low, levels.high],
      tickmode: 'array',
      tickvals: losses,
      ticktext: ticks.map((tick) => tick.text),
    },
    aspectmode: 'manual',
    aspectratio: { x: (x[1] - x[0]) / widest, y: (y[1] - y[0]) / widest, z: HEIGHT },
    camera: cameraFrom(eye, width, height),
    dragmode: 'turntable',
    uirevision: 'camera',
    hovermode: false,
  };
  return { data: [surfaceTrace(field, grid, levels)], layout: { ...baseLayout(width, height), scene } };
}

/** @param {Field} field @param {(number|null)[][]} grid @param {Levels} levels */
function surfaceTrace(field, grid, levels) {
  const quiet = { show: false, highlight: false };
  return {
    type: 'surface',
    x: field.x,
    y: field.y,
    z: grid,
    cmin: levels.low,
    cmax: levels.high,
    colorscale: colourScale(),
    showscale: false,
    hoverinfo: 'skip',
    contours: {
      x: quiet,
      y: quiet,
      z: {
        show: true,
        usecolormap: false,
        highlight: false,
        color: token('--contour-3d'),
        width: 1,
        start: levels.low + levels.size,
        end: levels.high - levels.size,
        size: levels.size,
      },
    },
    lighting: { ambient: 0.74, diffuse: 0.55, specular: 0.04, roughness: 0.9, fresnel: 0.05 },
    lightposition: { x: -2000, y: 1000, z: 6000 },
  };
}

/** @param {string} title */
function sceneAxis(title) {
  return {
    title: { text: title, font: { ...font(), size: 13 } },
    tickfont: font(),
    autorange: false,
    showbackground: false,
    showspikes: false,
    showline: false,
    zeroline: false,
    gridcolor: token('--line'),
    gridwidth: 1,
    ticks: '',
    exponentformat: 'power',
  };
}
