// @ts-check
/** The schedule of one optimizer: which, its params, and a picture of the learning rate it gives. */

import { h, s, setAttribute, setText } from '../../core/dom.js';
import { formatNumber } from '../../core/format.js';
import { say } from '../../core/words.js';
import { find, setSchedule, setScheduleParam } from '../../state/experiment.js';
import { createParams } from '../params/param.js';

/**
 * @typedef {import('../../core/types.js').Context} Context
 * @typedef {import('../../core/types.js').Place} Place
 * @typedef {import('../../core/types.js').Schedule} Schedule
 */

const WIDTH = 256;
const HEIGHT = 48;
const POINTS = 128;

/** A polyline through the rates, 0 at the bottom, in a box of WIDTH x HEIGHT. @param {ArrayLike<number>} rates @param {number} length */
function rateLine(rates, length) {
  const count = Math.min(POINTS, length);
  const places = Array.from({ length: count }, (_, index) => Math.round((index * (length - 1)) / Math.max(1, count - 1)));
  const values = places.map((place) => rates[place]);
  const top = Math.max(...values, 0);
  const points = values.map((value, index) => {
    const x = (index * WIDTH) / Math.max(1, count - 1);
    return `${x.toFixed(1)},${(HEIGHT - 2 - (top > 0 ? (value / top) * (HEIGHT - 4) : 0)).toFixed(1)}`;
  });
  return { points: points.join(' '), top };
}

function createPicture() {
  const line = s('polyline', { class: 'rate-line' });
  const words = h('p', { class: 'help tabular' });
  const svg = s('svg', { class: 'rate-picture', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' }, line);
  const set = (/** @type {Float64Array|null} */ rates, /** @type {number} */ length) => {
    if (!rates || length < 2) return;
    const { points, top } = rateLine(rates, length);
    setAttribute(line, 'points', points);
    setText(words, say('cards.rates', { n: String(length - 1), top: formatNumber(top) }));
  };
  return { el: h('figure', { class: 'rate' }, svg, words), set };
}

/** @param {Context} context @param {() => number} place where the optimizer stands now */
export function createSchedule(context, place) {
  const { catalog, change } = context;
  const picture = createPicture();
  const line = h('p', { class: 'help' });
  const fields = h('div', { class: 'params' });
  const select = h('select', {
    class: 'select', 'aria-label': say('cards.schedule'),
    on: { change: () => change((e) => setSchedule(e, catalog, place(), select.value), false) },
  }, ...catalog.schedules.map((entry) => h('option', { value: entry.id, text: entry.title })));
  let shown = '';
  /** @type {ReturnType<typeof createParams>|null} */
  let params = null;
  const rebuild = (/** @type {string} */ id) => {
    const entry = find(catalog.schedules, id);
    shown = id;
    select.value = id;
    setText(line, entry.line);
    params = createParams([...entry.params, ...catalog.warmup], (param) => ({
      change: (value, live) => change((e) => setScheduleParam(e, place(), param.id, value), live),
    }));
    fields.replaceChildren(...params.els);
  };
  const head = h('div', { class: 'param-head' }, h('span', { class: 'param-label', text: say('cards.schedule') }), select);
  return {
    el: h('div', { class: 'schedule' }, head, line, picture.el, fields),
    setRates: picture.set,
    /** @param {Schedule} schedule */
    set: (schedule) => {
      if (schedule.name !== shown) rebuild(schedule.name);
      params?.set(schedule);
    },
    setFault: (/** @type {Place} */ at, /** @type {string|null} */ message) => params?.setFault(at, message),
  };
}
