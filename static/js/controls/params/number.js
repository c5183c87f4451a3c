// @ts-check
/** A number: a slider to feel it, an entry to say it. Both show the same value; neither corrects what is typed. */

import { h, setAttribute, setText, uniqueId } from '../../core/dom.js';
import { formatEntry, formatExact, formatNumber, parseNumber } from '../../core/format.js';
import { say } from '../../core/words.js';
import { findFault, nudge, sliderScale, STEPS } from './scale.js';

/**
 * @typedef {import('../../core/types.js').Param} Param
 * @typedef {(value: number, live: boolean) => void} Emit
 * @typedef {Object} NumberParts
 * @property {HTMLInputElement} entry
 * @property {HTMLElement|null} slider  with its mark
 * @property {(value: number) => void} set
 * @property {(soft: [number, number]) => void} setRange  another range of the slider
 * @property {SetMark} setMark
 *
 * @typedef {(mark: {at: number, words: string}|null) => void} SetMark  a value on the slider that is worth knowing
 */

const KEYS = {
  ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: STEPS.page, PageDown: -STEPS.page,
};

/** Fine steps that a key asks for, or 0. @param {KeyboardEvent} event */
function stepsOf(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return 0;
  const steps = KEYS[/** @type {'PageUp'} */ (event.key)] ?? 0;
  return event.shiftKey && Math.abs(steps) === STEPS.fine ? steps * STEPS.coarse : steps;
}

/** @param {Param} param */
function sayValue(param, /** @type {number} */ value) {
  return param.unit ? say('params.with-unit', { value: formatNumber(value), unit: param.unit }) : formatNumber(value);
}

/**
 * @param {Param} param
 * @param {{name: string, emit: Emit, fault: (message: string|null) => void, reset: () => number|null, slider: boolean, described: string}} how
 * @returns {NumberParts}
 */
export function createNumber(param, how) {
  let value = NaN;
  let ranged = param;
  const emit = (/** @type {number} */ next, /** @type {boolean} */ live) => {
    how.fault(null);
    set(next);
    how.emit(next, live);
  };
  const part = { ...how, value: () => value, emit, nudged: (/** @type {number} */ steps) => nudge(ranged, value, steps) };
  const entry = createEntry(param, part);
  const slider = how.slider && param.soft ? createSlider(param, part) : null;
  const set = (/** @type {number} */ next) => {
    if (Object.is(next, value)) return;
    value = next;
    entry.set(next);
    slider?.set(next);
  };
  const setRange = (/** @type {[number, number]} */ soft) => {
    ranged = { ...param, soft };
    slider?.setRange(ranged);
  };
  return { entry: entry.el, slider: slider?.box ?? null, set, setRange, setMark: (mark) => slider?.setMark(mark) };
}

/**
 * @typedef {{name: string, described: string, emit: Emit, value: () => number, nudged: (steps: number) => number,
 *   fault: (message: string|null) => void, reset: () => number|null}} PartHow
 */

/** @param {Param} param @param {PartHow} how */
function createEntry(param, how) {
  const el = h('input', {
    class: 'entry', type: 'text', 'aria-label': how.name, 'aria-describedby': how.described, autocomplete: 'off', spellcheck: 'false',
  });
  const show = (/** @type {number} */ value, exact = false) => {
    el.value = exact ? formatExact(value) : formatEntry(value);
    el.title = formatExact(value);
  };
  const commit = () => {
    if (el.value === formatEntry(how.value()) || el.value === formatExact(how.value())) return how.fault(null);
    const typed = parseNumber(el.value);
    const fault = findFault(param, typed);
    if (fault || typed === null) return how.fault(fault);
    how.fault(null);
    if (!Object.is(typed, how.value())) how.emit(typed, false);
  };
  listenToEntry(el, param, how, show, commit);
  return { el, set: (/** @type {number} */ value) => show(value, document.activeElement === el) };
}

/** @param {HTMLInputElement} el @param {Param} param @param {PartHow} how @param {(value: number, exact?: boolean) => void} show @param {() => void} commit */
function listenToEntry(el, param, how, show, commit) {
  const faulty = () => el.getAttribute('aria-invalid') === 'true';
  el.addEventListener('focus', () => {
    if (!faulty()) show(how.value(), true);
    el.select();
  });
  el.addEventListener('blur', () => {
    commit();
    if (!faulty()) show(how.value());
  });
  el.addEventListener('input', () => {
    if (faulty() && !findFault(param, parseNumber(el.value))) how.fault(null);
  });
  el.addEventListener('keydown', (event) => {
    const steps = event.key === 'ArrowLeft' || event.key === 'ArrowRight' ? 0 : stepsOf(event);
    if (event.key === 'Enter') commit();
    else if (event.key === 'Escape') {
      how.fault(null);
      show(how.value(), true);
    } else if (steps && !faulty()) {
      event.preventDefault();
      how.emit(how.nudged(steps), false);
    }
  });
}

/** Where the middle of the thumb stands, as a share of the slider. @param {import('./scale.js').Scale} scale @param {number} value */
function shareOf(scale, value) {
  return (scale.toPosition(value) - scale.min) / (scale.max - scale.min);
}

/** @param {Param} param @param {PartHow} how */
function createSlider(param, how) {
  let scale = sliderScale(param);
  const el = h('input', { class: 'slider', type: 'range', 'aria-label': how.name });
  const mark = createMark();
  const box = h('div', { class: 'slider-box' }, mark.tick, el, mark.note);
  setAttribute(el, 'aria-describedby', `${how.described} ${mark.note.id}`);
  el.addEventListener('input', () => how.emit(scale.toValue(el.valueAsNumber), true));
  el.addEventListener('change', () => how.emit(scale.toValue(el.valueAsNumber), false));
  listenToSlider(el, how);
  const set = (/** @type {number} */ value) => {
    // A slider in the hand keeps its own position: the value is rounded, and writing it back would make it tremble.
    if (!(scale.toValue(el.valueAsNumber) === value)) el.value = String(scale.toPosition(value));
    el.style.setProperty('--filled', `${100 * shareOf(scale, value)}%`);
    setAttribute(el, 'aria-valuetext', sayValue(param, value));
    setAttribute(el, 'data-beyond', value < scale.low ? 'low' : value > scale.high ? 'high' : null);
    mark.show(scale, value);
    el.title = [formatExact(value), mark.note.textContent].filter(Boolean).join('\n');
  };
  const setRange = (/** @type {Param} */ ranged) => {
    scale = sliderScale(ranged);
    for (const side of /** @type {const} */ (['min', 'max', 'step'])) el[side] = String(scale[side]);
    if (!Number.isNaN(how.value())) set(how.value());
  };
  const setMark = (/** @type {{at: number, words: string}|null} */ next) => {
    if (mark.set(next)) set(how.value());
  };
  setRange(param);
  return { box, set, setRange, setMark };
}

/** A line across the slider at a value worth knowing; hidden where the slider does not reach it. */
function createMark() {
  const tick = h('span', { class: 'slider-mark', hidden: true });
  const note = h('span', { class: 'unseen note', id: uniqueId('mark') });
  /** @type {{at: number, words: string}|null} */
  let shown = null;
  /** @param {import('./scale.js').Scale} scale @param {number} value */
  const show = (scale, value) => {
    const visible = shown !== null && shown.at > scale.low && shown.at < scale.high;
    tick.hidden = !visible;
    setText(note, visible && shown ? shown.words : '');
    if (!visible || !shown) return;
    tick.style.setProperty('--at', String(shareOf(scale, shown.at)));
    tick.toggleAttribute('data-over', value > shown.at);
  };
  const set = (/** @type {{at: number, words: string}|null} */ next) => {
    const changed = next?.at !== shown?.at;
    shown = next;
    return changed;
  };
  return { tick, note, show, set };
}

/** Keys move by fine and coarse steps, one undo for a held key; a double click resets. @param {HTMLInputElement} el @param {PartHow} how */
function listenToSlider(el, how) {
  let held = false;
  const release = () => {
    if (held) how.emit(how.value(), false);
    held = false;
  };
  el.addEventListener('keydown', (event) => {
    const steps = stepsOf(event);
    if (!steps) return;
    event.preventDefault();
    held = true;
    how.emit(how.nudged(steps), true);
  });
  el.addEventListener('keyup', release);
  el.addEventListener('blur', release);
  el.addEventListener('dblclick', () => {
    const value = how.reset();
    if (value !== null) how.emit(value, false);
  });
}

/** Marks an entry as wrong, with the words for it. @param {HTMLElement} entry @param {HTMLElement} words @param {string|null} message */
export function showFault(entry, words, message) {
  setAttribute(entry, 'aria-invalid', message ? 'true' : null);
  setText(words, message ?? '');
  words.hidden = !message;
}
