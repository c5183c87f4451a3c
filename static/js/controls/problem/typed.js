// @ts-check
/** A function that the reader types: its text, what is wrong with it, its constants and its window. */

import { h, setAttribute, setHidden, setText, uniqueId } from '../../core/dom.js';
import { say } from '../../core/words.js';
import { setSurfaceParam } from '../../state/experiment.js';
import { profileOf } from '../../state/profiles.js';
import { setConstantRange, setWindow, typedDraft, typedOf } from '../../state/typed.js';
import { icon } from '../elements/icons.js';
import { attachMenu } from '../elements/menu.js';
import { fold } from '../params/fields.js';
import { createNumber, showFault } from '../params/number.js';
import { createParam } from '../params/param.js';

/**
 * @typedef {import('../../core/types.js').Context} Context
 * @typedef {import('../../core/types.js').Model} Model
 * @typedef {import('../../core/types.js').Param} Param
 * @typedef {import('../../core/types.js').Place} Place
 * @typedef {import('../../core/types.js').Problem} Problem
 * @typedef {import('../../core/types.js').TypedObjective} TypedObjective
 */

/** A number that has an entry alone. @param {string} title @param {(value: number) => void} change */
function createEnd(title, change) {
  const fault = h('span', { class: 'fault', id: uniqueId('fault'), 'aria-live': 'polite', hidden: true });
  const setFault = (/** @type {string|null} */ message) => showFault(parts.entry, fault, message);
  const parts = createNumber(endParam(title), {
    name: title, described: fault.id, emit: change, fault: setFault, reset: () => null, slider: false,
  });
  parts.entry.classList.add('range-end');
  return { entry: parts.entry, fault, set: parts.set, setFault };
}

/** @param {string} title @returns {Param} */
function endParam(title) {
  return {
    id: 'end', title, kind: 'number', default: 0, help: '', low: -1e6, high: 1e6, open_low: false, open_high: false, soft: null,
    scale: 'linear', symbol: '', unit: '', optional: false, choices: [], items: [], fewest: 0, most: 0, rising: false,
  };
}

/** The two ends of a range, each an entry. @param {[string, string]} titles @param {(ends: [number, number]) => void} change */
function createEnds(titles, change) {
  /** @type {[number, number]} */
  let now = [0, 0];
  const ends = titles.map((title, index) => createEnd(title, (value) => {
    const next = /** @type {[number, number]} */ (now.with(index, value));
    const rises = next[0] < next[1];
    ends[index].setFault(rises ? null : say(index ? 'typed.above' : 'typed.below', { other: now[1 - index] }));
    if (rises) change(next);
  }));
  return {
    els: ends.map(({ entry }) => entry),
    faults: ends.map(({ fault }) => fault),
    set: (/** @type {[number, number]} */ next) => {
      now = next;
      ends.forEach((end, index) => end.set(next[index]));
    },
    setFault: (/** @type {string|null} */ message) => ends[1].setFault(message),
  };
}

/** A constant: its slider, and the ends of that. @param {Param} param @param {Context} context */
function createConstant(param, { change }) {
  const slider = createParam(param, {
    quiet: true,
    reset: () => param.default,
    change: (value, live) => change((e) => setSurfaceParam(e, param.id, value), live),
  });
  const ends = createEnds(
    [say('typed.least', { name: param.title }), say('typed.most', { name: param.title })],
    (next) => change((e) => setConstantRange(e, param.id, next), false),
  );
  const set = (/** @type {TypedObjective} */ { params, ranges }) => {
    slider.setRange?.(ranges[param.id]);
    slider.set(params[param.id]);
    ends.set(ranges[param.id]);
  };
  return { el: h('div', { class: 'constant' }, slider.el, h('div', { class: 'range-ends' }, ...ends.els), ...ends.faults), slider, ends, set };
}

/** What is shown of the function. @param {Context} context @param {(held: boolean) => void} hold */
function createWindow({ change }, hold) {
  /** @type {TypedObjective['window']} */
  let now = [[0, 0], [0, 0]];
  const sides = ['x', 'y'].map((axis, index) =>
    createEnds([say('typed.begin', { axis }), say('typed.end', { axis })], (ends) => {
      hold(true);
      change((e) => setWindow(e, /** @type {TypedObjective['window']} */ (now.with(index, ends))), false);
    }));
  const find = h('button', { class: 'button', type: 'button', text: say('typed.find'), on: { click: () => hold(false) } });
  const rows = sides.map(({ els, faults }, index) =>
    h('div', { class: 'window-side' }, h('span', { class: 'symbol', 'aria-hidden': 'true', text: 'xy'[index] }), ...els, ...faults));
  const set = (/** @type {TypedObjective['window']} */ window) => {
    now = window;
    sides.forEach((side, index) => side.set(window[index]));
  };
  return { els: fold(say('typed.window'), ...rows, find), set, setFault: (/** @type {number} */ axis, /** @type {string|null} */ message) => sides[axis]?.setFault(message) };
}

/**
 * The field that is typed into, and under it the place of what is wrong.
 * @param {number} longest @param {(text: string, live: boolean) => void} type @param {(faulty: boolean) => void} onFault
 */
function createField(longest, type, onFault) {
  const fault = h('p', { class: 'fault', id: uniqueId('fault'), 'aria-live': 'polite', hidden: true });
  const field = h('input', {
    class: 'typed-field', type: 'text', 'aria-label': say('typed.field'), 'aria-describedby': fault.id, placeholder: say('typed.placeholder'),
    autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', maxLength: longest,
  });
  const caret = h('span', { class: 'typed-caret', 'aria-hidden': 'true', hidden: true, text: '▲' });
  const follow = () => caret.style.setProperty('--scrolled', `${field.scrollLeft}px`);
  field.addEventListener('input', () => type(field.value, true));
  field.addEventListener('change', () => type(field.value, false));
  field.addEventListener('scroll', follow);
  const setFault = (/** @type {Problem|undefined} */ problem) => {
    const position = problem?.at[2];
    setAttribute(field, 'aria-invalid', problem ? 'true' : null);
    setHidden(caret, typeof position !== 'number');
    caret.style.setProperty('--place', String(position ?? 0));
    follow();
    setText(fault, problem ? say('typed.fault', { place: String(Number(position ?? 0) + 1), message: problem.message }) : '');
    setHidden(fault, !problem);
    onFault(problem !== undefined);
  };
  return { box: h('div', { class: 'typed-box' }, field, caret), fault, field, setFault };
}

/** @param {Context} context @param {(faulty: boolean) => void} onFault  whether the text is none of a function */
export function createTyped(context, onFault) {
  const { catalog, commands } = context;
  /** @type {Model|null} */
  let shown = null;
  let held = false;
  /** The document that the field was last brought up to date with. */
  let expression = '';
  const type = (/** @type {string} */ text, /** @type {boolean} */ live) => {
    if (!shown) return;
    if (!text.trim()) return setFault(undefined);
    commands.openTyped(typedDraft(catalog, shown.experiment, text, held), live, setFault);
  };
  const { box, fault, field, setFault } = createField(catalog.functions.longest, type, onFault);
  const examples = h('button', { class: 'button-icon', type: 'button', 'aria-label': say('typed.examples'), title: say('typed.examples') }, icon('chevron'));
  attachMenu(examples, say('typed.examples'), () => catalog.functions.examples.map(({ text, line }) => ({
    title: text, line, run: () => {
      field.value = text;
      type(text, false);
    },
  })), 'menu-wide');
  const window = createWindow(context, (next) => {
    held = next;
    if (!next && shown) type(typedOf(shown.experiment)?.expression ?? '', false);
  });
  const params = h('div', { class: 'params' });
  const frame = h('div', { class: 'params' }, ...window.els);
  /** @type {Map<string, ReturnType<typeof createConstant>>} */
  let constants = new Map();
  const show = (/** @type {Param[]} */ own) => {
    constants = new Map(own.map((param) => [param.id, createConstant(param, context)]));
    params.replaceChildren(...[...constants.values()].map(({ el }) => el));
  };
  const update = (/** @type {Model} */ model) => {
    shown = model;
    const objective = typedOf(model.experiment);
    setHidden(params, !objective);
    setHidden(frame, !objective);
    const now = objective?.expression ?? '';
    if (now !== expression) {
      expression = now;
      if (document.activeElement !== field) {
        field.value = now;
        setFault(undefined);
      }
    }
    if (!objective) return;
    const own = profileOf(catalog, model.experiment).own?.params ?? [];
    if (own.map(({ id }) => id).join() !== [...constants.keys()].join()) show(own);
    for (const constant of constants.values()) constant.set(objective);
    window.set(objective.window);
  };
  return {
    field: h('div', { class: 'typed' }, h('div', { class: 'typed-row' }, box, examples), fault),
    els: [params, frame],
    update,
    /** @param {Place} at  within the objective @param {string|null} message */
    setFault: ([first, second], message) => {
      if (first === 'expression') return true;
      if (first === 'window' && typeof second === 'number') window.setFault(second, message);
      else if (first === 'params') constants.get(String(second))?.slider.setFault(message);
      else if (first === 'ranges') constants.get(String(second))?.ends.setFault(message);
      else return false;
      return true;
    },
  };
}
