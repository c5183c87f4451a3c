// @ts-check
/**
 * The only module that touches Plotly: waiting for it, drawing a figure, and the layout that makes it ours.
 *
 * Plotly draws fields, axes and surfaces; whatever moves is drawn by us on a canvas above (a redraw of a contour
 * costs 15 to 90 ms). Plotly's own colour bar and mode bar stay off: they set style attributes, which the content
 * security policy refuses, and both are drawn better by the page.
 */

import { token } from '../core/palette.js';

/** @typedef {{data: object[], layout: Record<string, any>}} Figure */

const CONFIG = {
  displayModeBar: false,
  displaylogo: false,
  doubleClick: false,
  scrollZoom: false,
  showTips: false,
  responsive: false,
};

const POLL = 50; // ms

/** @type {Promise<any>|null} */
let ready = null;

/** Plotly, as soon as its deferred script has run. @returns {Promise<any>} */
function plotlyReady() {
  ready ??= new Promise((resolve) => {
    const look = () => {
      const found = /** @type {any} */ (window).Plotly;
      if (found) resolve(found);
      else setTimeout(look, POLL);
    };
    look();
  });
  return ready;
}

/** Draws a figure into an element, or changes the one that is there. @param {HTMLElement} element @param {Figure} figure */
export async function draw(element, figure, config = {}) {
  const plotly = await plotlyReady();
  await plotly.react(element, figure.data, figure.layout, { ...CONFIG, ...config });
}

/** Changes single layout values of a drawn figure. @param {HTMLElement} element @param {Record<string, any>} changes */
export async function relayout(element, changes) {
  const plotly = await plotlyReady();
  await plotly.relayout(element, changes);
}

/** Lets go of a drawn figure. @param {HTMLElement} element */
export async function purge(element) {
  const plotly = await plotlyReady();
  plotly.purge(element);
}

/** @returns {{family: string, size: number, color: string}} */
export function font() {
  return { family: token('--font'), size: parseFloat(token('--size-small')) - 1, color: token('--ink-2') };
}

/** What every flat figure shares: size, margins, no decoration. */
export function baseLayout(/** @type {number} */ width, /** @type {number} */ height) {
  return {
    width,
    height,
    autosize: false,
    margin: { l: 0, r: 0, t: 0, b: 0, pad: 0, autoexpand: false },
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    font: font(),
    showlegend: false,
    hovermode: false,
    dragmode: false,
  };
}

/** A thin axis with small ticks and an italic symbol as its title. @param {string} title */
export function axis(title) {
  return {
    title: { text: title, standoff: 4, font: { ...font(), size: 13, style: 'italic' } },
    type: 'linear',
    autorange: false,
    fixedrange: true,
    automargin: false,
    zeroline: false,
    showline: false,
    showgrid: false,
    ticks: 'outside',
    ticklen: 4,
    tickwidth: 1,
    tickcolor: token('--line-2'),
    tickfont: font(),
    gridcolor: token('--line'),
    gridwidth: 1,
    minor: { ticks: '', showgrid: false },
    exponentformat: 'power',
    separatethousands: false,
  };
}

/**
 * @typedef {Object} SceneCamera  How a drawn 3-D figure maps its data to the screen; matrices are column-major.
 * @property {() => {projection: ArrayLike<number>, view: ArrayLike<number>, model: ArrayLike<number>, scale: ArrayLike<number>}} matrices
 * @property {() => void} redraw  at once
 * @property {() => {x: number, y: number, z: number}} eye  as in the layout's camera
 * @property {(listener: () => void) => void} onLost  calls when the browser has taken away what it is drawn with; it is to be purged
 * @property {(listener: () => void) => void} onRender  calls after every redraw, so also when the camera turns
 */

/** The camera of a drawn 3-D figure, null before it is drawn. @param {HTMLElement} element @returns {SceneCamera|null} */
export function sceneCamera(element) {
  const scene = /** @type {any} */ (element)._fullLayout?.scene?._scene;
  if (!scene?.glplot?.cameraParams) return null;
  return {
    matrices: () => ({ ...scene.glplot.cameraParams, scale: scene.dataScale }),
    redraw: () => scene.glplot.redraw(),
    eye: () => scene.getCamera().eye,
    onLost(listener) {
      // Plotly's own way waits for a context in every frame, and does not ask to have it back.
      scene.recoverContext = listener;
    },
    onRender(listener) {
      const before = scene.glplot.onrender;
      scene.glplot.onrender = () => {
        before?.();
        listener();
      };
    },
  };
}

/** Whether this browser can draw in three dimensions, now. @returns {boolean} */
export function hasWebgl() {
  const context = document.createElement('canvas').getContext('webgl');
  // Browsers give only a few of them at a time.
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return context !== null;
}
