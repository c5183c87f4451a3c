// @ts-check
/** Small parts of the views of a model: scores, legends, and the buttons that lead from panel to panel. */

import { formatAligned } from '../../core/format.js';
import { say } from '../../core/words.js';
import { addElement, createLayer } from '../drawing/layer.js';

/** @typedef {import('../../core/types.js').ModelData} ModelData */

const LEGEND = 16; // px

/** The newest known value at or before a step. @param {Float64Array|undefined} values @param {number} step */
export function knownAt(values, step) {
  if (!values) return NaN;
  let at = Math.min(Math.floor(step), values.length - 1);
  while (at > 0 && Number.isNaN(values[at])) at -= 1;
  return at >= 0 ? values[at] : NaN;
}

/** @param {number} score @param {ModelData['task']} task */
export function formatScore(score, task) {
  if (Number.isNaN(score)) return '–';
  return task === 'regression' ? formatAligned(score, 3) : say('numbers.percent', { value: (100 * score).toFixed(1) });
}

/** Buttons: the way from one panel to the next, and back to all. @param {HTMLElement} parent @param {{all: () => void, move: (step: number) => void}} acts */
export function createWay(parent, { all, move }) {
  const el = addElement(parent, 'div', 'multiples-way');
  const button = (/** @type {string} */ text, /** @type {string} */ name, /** @type {() => void} */ act) => {
    const made = addElement(el, 'button', 'multiples-button');
    made.setAttribute('type', 'button');
    made.textContent = text;
    made.setAttribute('aria-label', name);
    made.title = name;
    made.addEventListener('click', act);
  };
  button('‹', say('multiples.previous'), () => move(-1));
  button('›', say('multiples.next'), () => move(1));
  button(say('multiples.all'), say('multiples.all-told'), all);
  el.hidden = true;
  return { show: (/** @type {boolean} */ shown) => (el.hidden = !shown) };
}

/**
 * An entry of a legend: a small picture and its word.
 * @param {string} text @param {number} width of the picture @param {(context: CanvasRenderingContext2D, height: number) => void} draw
 */
export function legendEntry(text, width, draw) {
  const el = document.createElement('span');
  el.className = 'multiples-entry';
  const layer = createLayer('multiples-icon');
  layer.resize(width, LEGEND);
  draw(layer.context, LEGEND);
  el.append(layer.el, text);
  return el;
}
