// @ts-check
/** The exact numbers of one entry of the race, beside the pointer. */

import { formatNumber } from '../../core/format.js';
import { say } from '../../core/words.js';
import { onPlane, PART } from '../../run/parting.js';
import { addElement } from './layer.js';

const GAP = 14; // px from the pointer
const DIGITS = 8;

/** @typedef {import('../../core/types.js').Race} Race */
/** @typedef {{title: string, colour?: string, rows: [string, string, string?][], note?: string}} Tip  rows: name, number, colour of a swatch */

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
  if (!tip.note) return [title, list];
  const note = document.createElement('p');
  note.textContent = tip.note;
  return [title, list, note];
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

/** The tip of an entry of a race. @typedef {(race: Race, index: number, step: number, colour: string) => Tip|null} EntryTip */

/** @type {EntryTip} */
export function fieldTip(race, index, step, colour) {
  const number = (/** @type {Float64Array[]} */ values) => formatNumber(values[index][step], DIGITS);
  const [x, y] = race.profile.field?.axes ?? ['x', 'y'];
  return {
    title: race.labels[index],
    colour,
    rows: [
      [say('tips.step'), String(step)],
      [x, number(race.x)],
      [y, number(race.y)],
      [say('tips.loss'), number(race.columns.loss)],
      [say('tips.gradient-norm'), number(race.columns.grad_norm)],
    ],
  };
}

/** What is said of losses that were measured at the entry. */
const HERE = /** @type {const} */ ({ exact: 'tips.loss', true: 'tips.true-loss', shown: 'tips.shown-loss', note: 'tips.off' });
/** What is said of those that were measured at another. */
const ELSEWHERE = /** @type {const} */ ({
  exact: 'tips.loss-at', true: 'tips.true-loss-at', shown: 'tips.shown-loss-at', note: 'tips.off-at',
});

/** What the plane shows of an entry beside what is true of it. @type {EntryTip} */
export function planeTip(race, index, step, colour) {
  if (!race.plane) return null;
  const { axes, exact } = race.plane;
  const found = onPlane(race.plane, index, step);
  const [loss, shown] = [formatNumber(found.loss), formatNumber(found.shown)];
  const [words, at] = [found.measured === found.step ? HERE : ELSEWHERE, { step: String(found.measured) }];
  /** @type {Tip['rows']} */
  const rows = [
    [say('tips.step'), String(found.step)],
    [axes[0], formatNumber(found.point[0])],
    [axes[1], formatNumber(found.point[1])],
    [say(exact ? words.exact : words.true, at), loss],
  ];
  if (!exact) rows.push([say(words.shown, at), shown], [say('tips.distance'), formatNumber(found.distance, 3)]);
  const parts = !exact && found.apart > PART;
  const note = parts ? say(words.note, { ...at, shown, loss }) : undefined;
  return { title: race.labels[index], colour, rows, note };
}
