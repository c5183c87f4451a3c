// @ts-check
/** The exact numbers of one entry of the race, beside the pointer. */

import { formatNumber } from '../core/format.js';
import { addElement } from './layer.js';

const GAP = 14; // px from the pointer
const DIGITS = 8;

/** @typedef {{title: string, colour?: string, rows: [string, string, string?][]}} Tip  rows: name, number, colour of a swatch */

/** @param {HTMLElement} host */
export function createTooltip(host) {
  const el = addElement(host, 'div', 'plot-tip');
  el.setAttribute('role', 'status');
  el.hidden = true;
  return {
    /** @param {Tip} tip */
    show(tip, /** @type {number} */ x, /** @type {number} */ y) {
      el.replaceChildren(...content(tip));
      el.hidden = false;
      place(host, el, x, y);
    },
    hide() {
      el.hidden = true;
    },
  };
}

/** @param {Tip} tip */
function content(tip) {
  const title = document.createElement('div');
  title.className = 'plot-tip-title';
  title.textContent = tip.title;
  if (tip.colour) title.style.color = tip.colour;
  const list = document.createElement('dl');
  for (const [name, value, colour] of tip.rows) {
    const term = document.createElement('dt');
    const number = document.createElement('dd');
    if (colour) term.append(swatch(colour));
    term.append(name);
    number.textContent = value;
    list.append(term, number);
  }
  return [title, list];
}

/** @param {string} colour */
function swatch(colour) {
  const el = document.createElement('i');
  el.style.backgroundColor = colour;
  return el;
}

/** Beside the point, on the side with more room. @param {HTMLElement} host @param {HTMLElement} el */
function place(host, el, /** @type {number} */ x, /** @type {number} */ y) {
  const right = x + GAP + el.offsetWidth <= host.clientWidth;
  const left = right ? x + GAP : Math.max(4, x - GAP - el.offsetWidth);
  const top = Math.max(4, Math.min(y - el.offsetHeight / 2, host.clientHeight - el.offsetHeight - 4));
  el.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
}

/** The tip for an entry of a race. @param {import('../core/types.js').Race} race @returns {Tip} */
export function entryTip(race, /** @type {number} */ index, /** @type {number} */ step, /** @type {string} */ colour) {
  const number = (/** @type {Float64Array[]} */ values) => formatNumber(values[index][step], DIGITS);
  return {
    title: race.labels[index],
    colour,
    rows: [
      ['step', String(step)],
      ['x', number(race.x)],
      ['y', number(race.y)],
      ['loss', number(race.loss)],
      ['gradient norm', number(race.gradNorm)],
    ],
  };
}
