// @ts-check
/** A number: a slider to feel it, an entry to say it. Both show the same value; neither corrects what is typed. */

import { h, setAttribute, setText } from '../core/dom.js';
import { formatEntry, formatExact, formatNumber, parseNumber } from '../core/format.js';
import { findFault, nudge, sliderScale, STEPS } from './scale.js';

/**
 * @typedef {import('../core/types.js').Param} Param
 * @typedef {(value: number, live: boolean) => void} Emit
 * @typedef {Object} NumberParts
 * @property {HTMLInputElement} entry
 * @property {HTMLInputElement|null} slider
 * @property {(value: number) => void} set
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
  return `${formatNumber(value)}${param.unit ? ` ${param.unit}` : ''}`;
}

/**
 * @param {Param} param
 * @param {{name: string, emit: Emit, fault: (message: string|null) => void, reset: () => number|null, slider: boolean, described: string}} how
 * @returns {NumberParts}
 */
export function createNumber(param, how) {
  let value = NaN;
  const emit = (/** @type {number} */ next, /** @type {boolean} */ live) => {
    how.fault(null);
    set(next);
    how.emit(next, live);
  };
  const entry = createEntry(param, { ...how, value: () => value, emit });
  const slider = how.slider ? createSlider(param, { ...how, value: () => value, emit }) : null;
  const set = (/** @type {number} */ next) => {
    if (Object.is(next, value)) return;
    value = next;
    entry.set(next);
    slider?.set(next);
  };
  return { entry: entry.el, slider: slider?.el ?? null, set };
}

/** @typedef {{name: string, described: string, emit: Emit, value: () => number, fault: (message: string|null) => void, reset: () => number|null}} PartHow */

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
      how.emit(nudge(param, how.value(), steps), false);
    }
  });
}

/** @param {Param} param @param {PartHow} how */
function createSlider(param, how) {
  const scale = sliderScale(param);
  if (!scale) return null;
  const el = h('input', {
    class: 'slider', type: 'range', min: scale.min, max: scale.max, step: scale.step,
    'aria-label': how.name, 'aria-describedby': how.described,
  });
  el.addEventListener('input', () => how.emit(scale.toValue(el.valueAsNumber), true));
  el.addEventListener('change', () => how.emit(scale.toValue(el.valueAsNumber), false));
  listenToSlider(el, param, how);
  const set = (/** @type {number} */ value) => {
    // A slider in the hand keeps its own position: the value is rounded, and writing it back would make it tremble.
    const position = scale.toPosition(value);
    if (!(scale.toValue(el.valueAsNumber) === value)) el.value = String(position);
    el.style.setProperty('--filled', `${(100 * (position - scale.min)) / (scale.max - scale.min)}%`);
    setAttribute(el, 'aria-valuetext', sayValue(param, value));
    el.title = formatExact(value);
  };
  return { el, set };
}

/** Keys move by fine and coarse steps, one undo for a held key; a double click resets. @param {HTMLInputElement} el @param {Param} param @param {PartHow} how */
function listenToSlider(el, param, how) {
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
    how.emit(nudge(param, how.value(), steps), true);
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
