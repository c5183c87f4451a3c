// @ts-check
/** From a `Param` of the catalogue to a control. One factory; adding a param adds no JavaScript. */

import { h } from '../../core/dom.js';
import { say } from '../../core/words.js';
import { createList } from './list.js';
import { createNumber, showFault } from './number.js';
import { words } from './words.js';

/**
 * @typedef {import('../../core/types.js').Param} Param
 * @typedef {import('../../core/types.js').Place} Place
 * @typedef {import('../../core/types.js').ParamValue} ParamValue
 * @typedef {Object} ParamHow
 * @property {(value: any, live: boolean) => void} change
 * @property {() => any} [reset]  what a double click on the slider goes back to; the default when left out
 * @property {boolean} [slider]  false for an entry alone
 * @property {boolean} [quiet]  the help line only as a tip
 * @typedef {Pick<import('./number.js').NumberParts, 'setRange'|'setMark'>} Ranged  what only numbers have
 * @typedef {(message: string|null, index?: number) => void} SetFault  index: of the part of a list or tuple that is wrong
 * @typedef {{el: HTMLElement, set: (value: any) => void, setFault: SetFault} & Partial<Ranged>} ParamControl
 * @typedef {(param: Param, how: ParamHow) => ParamControl} Create
 */

/** @type {Create} */
function createNumberParam(param, how) {
  const { help, fault, label, described } = words(param);
  const setFault = (/** @type {string|null} */ message) => showFault(parts.entry, fault, message);
  const reset = how.reset ?? (() => param.default);
  const parts = createNumber(param, {
    name: param.title, described, emit: how.change, fault: setFault, reset, slider: how.slider !== false,
  });
  const unit = param.unit ? h('span', { class: 'unit', text: param.unit }) : null;
  const head = h('div', { class: 'param-head' }, label, h('span', { class: 'param-value' }, parts.entry, unit));
  const { set, setRange, setMark } = parts;
  return { el: h('div', { class: 'param' }, head, parts.slider, fault, help), set, setRange, setMark, setFault };
}

/** @type {Create} */
function createSwitch(param, how) {
  const { help, fault, label, described } = words(param);
  const el = h('button', {
    class: 'switch', type: 'button', role: 'switch', 'aria-checked': 'false', 'aria-label': param.title, 'aria-describedby': described,
    on: { click: () => how.change(el.getAttribute('aria-checked') !== 'true', false) },
  });
  const head = h('div', { class: 'param-head' }, label, el);
  return {
    el: h('div', { class: 'param' }, head, fault, help),
    set: (value) => el.setAttribute('aria-checked', String(value === true)),
    setFault: (message) => showFault(el, fault, message),
  };
}

/** @type {Create} */
function createChoice(param, how) {
  const { help, fault, label, described } = words(param);
  const el = h('select', {
    class: 'select', 'aria-label': param.title, 'aria-describedby': described,
    on: { change: () => how.change(el.value, false) },
  });
  el.append(...param.choices.map((choice) => h('option', { value: choice, text: choice })));
  return {
    el: h('div', { class: 'param' }, h('div', { class: 'param-head' }, label, el), fault, help),
    set: (value) => {
      if (el.value !== value) el.value = String(value);
    },
    setFault: (message) => showFault(el, fault, message),
  };
}

/** The parts one under the other, each with its own slider. @type {Create} */
function createTuple(param, how) {
  /** @type {any[]} */
  let current = [];
  const { help, fault, label } = words(param);
  const parts = param.items.map((item, index) =>
    createParam(item, {
      ...how,
      reset: () => (Array.isArray(param.default) ? param.default[index] : item.default),
      change: (value, live) => how.change(current.with(index, value), live),
      quiet: true,
    }),
  );
  return {
    el: h('div', { class: 'param param-tuple' }, h('div', { class: 'param-head' }, label), ...parts.map((part) => part.el), fault, help),
    set: (value) => {
      current = [...value];
      parts.forEach((part, index) => part.set(current[index]));
    },
    setFault: (message, index) => (index === undefined ? showFault(label, fault, message) : parts[index]?.setFault(message)),
  };
}

/** What an optional param starts from when it is switched on. @param {Param} param @returns {any} */
function firstValue(param) {
  if (param.default !== null) return param.default;
  if (param.kind === 'list') return Array(param.fewest ?? 0).fill(param.items[0]?.default);
  if (param.kind === 'switch') return true;
  if (param.kind === 'choice') return param.choices[0];
  if (param.kind === 'tuple') return param.items.map((item) => firstValue(item));
  if (param.low !== null && param.high !== null && param.low <= 1 && param.high >= 1) return 1;
  return param.soft ? param.soft[0] : Math.max(1, param.low ?? 1);
}

/** A switch in front: off is null, on brings the last value back. @type {Create} */
function createOptional(param, how) {
  let last = /** @type {any} */ (firstValue(param));
  const inner = createKind({ ...param, optional: false }, { ...how, reset: how.reset ?? (() => last) });
  const toggle = h('button', {
    class: 'switch', type: 'button', role: 'switch', 'aria-checked': 'false', 'aria-label': say('params.use', { title: param.title }),
    on: { click: () => how.change(toggle.getAttribute('aria-checked') === 'true' ? null : last, false) },
  });
  const el = inner.el;
  el.classList.add('param-optional');
  el.querySelector('.param-head')?.prepend(toggle);
  const set = (/** @type {any} */ value) => {
    const off = value === null || value === undefined;
    toggle.setAttribute('aria-checked', String(!off));
    el.toggleAttribute('data-off', off);
    if (!off) last = value;
    inner.set(last);
    for (const field of el.querySelectorAll('input, select')) /** @type {HTMLInputElement} */ (field).disabled = off;
  };
  return { el, set, setFault: inner.setFault };
}

/** @type {Record<string, Create>} */
const KINDS = {
  number: createNumberParam,
  integer: createNumberParam,
  switch: createSwitch,
  choice: createChoice,
  tuple: createTuple,
  list: createList,
};

/** @type {Create} */
function createKind(param, how) {
  return KINDS[param.kind](param, how);
}

/** The control of a param. @type {Create} */
export function createParam(param, how) {
  const control = param.optional ? createOptional(param, how) : createKind(param, how);
  if (how.quiet) control.el.classList.add('quiet');
  return control;
}

/**
 * One control for each param, in order, updated together.
 * @param {Param[]} params @param {(param: Param) => ParamHow} howOf
 */
export function createParams(params, howOf) {
  const controls = new Map(params.map((param) => [param.id, createParam(param, howOf(param))]));
  return {
    els: [...controls.values()].map((control) => control.el),
    get: (/** @type {string} */ id) => controls.get(id),
    /** @param {Record<string, any>} values */
    set: (values) => controls.forEach((control, id) => id in values && control.set(values[id])),
    /** Says whether it is one of these. @param {Place} at  the id of a param, and the number of a part of it @param {string|null} message */
    setFault: ([id, index], message) => {
      const control = controls.get(String(id));
      control?.setFault(message, typeof index === 'number' ? index : undefined);
      return control !== undefined;
    },
  };
}
