// @ts-check
/** The scale beside the field, with losses as labels. */

import { fieldScale } from '../../core/palette.js';
import { say } from '../../core/words.js';
import { addElement, createLayer } from '../drawing/layer.js';
import { barTicks } from '../ground/levels.js';

/** @typedef {import('../ground/levels.js').Levels} Levels */

const TICK_GAP = 44; // px
const WIDTH = 8; // px
const LONG = 6; // characters: longer labels are set smaller, to fit in

/** @param {HTMLElement} host */
export function createColourBar(host) {
  const el = addElement(host, 'div', 'plot-bar');
  const layer = createLayer('plot-bar-scale');
  const labels = addElement(el, 'div', 'plot-bar-labels');
  el.prepend(layer.el);
  el.setAttribute('role', 'img');
  el.hidden = true;
  return {
    el,
    /** @param {Levels} levels */
    update(levels, /** @type {number} */ top, /** @type {number} */ height) {
      el.hidden = false;
      el.style.top = `${top}px`;
      el.style.height = `${height}px`;
      layer.resize(WIDTH, height);
      paintScale(layer.context, height);
      const ticks = barTicks(levels, TICK_GAP / height);
      labels.toggleAttribute('data-long', ticks.some(({ text }) => text.length > LONG));
      labels.replaceChildren(...ticks.map((tick) => tickElement(tick, height)));
      const losses = ticks.map((tick) => tick.text).join(', ');
      el.setAttribute('aria-label', say(levels.log ? 'ground.colours-log' : 'ground.colours', { losses }));
    },
  };
}

/** @param {CanvasRenderingContext2D} context @param {number} height */
function paintScale(context, height) {
  const stops = fieldScale();
  const gradient = context.createLinearGradient(0, height, 0, 0);
  stops.forEach((colour, index) => gradient.addColorStop(index / (stops.length - 1), colour));
  context.fillStyle = gradient;
  context.fillRect(0, 0, WIDTH, height);
}

/** @param {{at: number, text: string}} tick @param {number} height */
function tickElement(tick, height) {
  const el = document.createElement('span');
  el.textContent = tick.text;
  el.style.top = `${(1 - tick.at) * height}px`;
  return el;
}
