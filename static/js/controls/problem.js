// @ts-check
/** What is minimised and from where: the surface, its params, the start, and the fields of the experiment. */

import { h, mathLines, setText } from '../core/dom.js';
import { setField, setStart, setSurfaceParam, surfaceOf } from '../state/experiment.js';
import { createDisclosure } from './disclosure.js';
import { createGallery, paint } from './gallery.js';
import { createParam, createParams } from './param.js';

/**
 * @typedef {import('../core/types.js').Context} Context
 * @typedef {import('../core/types.js').Model} Model
 * @typedef {import('../core/types.js').Surface} Surface
 * @typedef {import('../core/types.js').Param} Param
 * @typedef {import('../core/types.js').Experiment} Experiment
 */

/** Fields that stay in sight; the rest of the experiment is behind a disclosure. */
const FRONT = ['steps'];
/** The transport has the one slider over steps; these are typed. */
const TYPED = ['steps', 'seed'];

/** @param {Context} context */
function createSurface(context) {
  const gallery = createGallery(context);
  const picture = h('canvas', { class: 'thumbnail', width: 1, height: 1, 'aria-hidden': 'true' });
  const [title, line, formula, source] = [h('span', { class: 'surface-title' }), h('p', { class: 'help' }), h('div', { class: 'equation' }), h('a', { target: '_blank', rel: 'noreferrer', text: 'Source' })];
  const open = h('button', { class: 'surface', type: 'button', 'aria-label': 'Change surface', 'aria-haspopup': 'dialog', on: { click: gallery.open } },
    picture, h('span', { class: 'surface-words' }, title, h('span', { class: 'surface-more', text: 'Change surface' })));
  const params = h('div', { class: 'params' });
  /** @type {Surface|null} */
  let shown = null;
  /** @type {ReturnType<typeof createParams>|null} */
  let controls = null;
  const show = (/** @type {Surface} */ surface) => {
    shown = surface;
    setText(title, surface.title);
    line.replaceChildren(surface.line, ' ', source);
    formula.replaceChildren(...mathLines(surface.formula));
    source.href = surface.source.url;
    source.title = surface.source.title;
    controls = createParams(surface.params, (param) => ({
      quiet: true,
      change: (value, live) => context.change((e) => setSurfaceParam(e, param.id, value), { live, what: param.title }),
    }));
    params.replaceChildren(...controls.els);
  };
  const update = (/** @type {Experiment} */ experiment, /** @type {string} */ theme) => {
    const surface = surfaceOf(context.catalog, experiment);
    if (!surface) return;
    if (surface !== shown) show(surface);
    if (picture.dataset.shown !== `${surface.id} ${theme}` && paint(context, picture, surface.id)) picture.dataset.shown = `${surface.id} ${theme}`;
    controls?.set(experiment.objective.params);
    gallery.update(surface.id, theme);
  };
  const setFault = (/** @type {string} */ id, /** @type {string|null} */ message) => controls?.setFault(id, message);
  return { els: [open, h('div', {}, line, formula), params], update, setFault };
}

/** @param {'x'|'y'} axis @returns {Param} */
function startParam(axis) {
  return {
    id: axis, title: `start ${axis}`, kind: 'number', default: 0, help: `Where every path begins, along ${axis}.`, low: null, high: null,
    open_low: false, open_high: false, soft: null, scale: 'linear', symbol: '', unit: '', optional: false, choices: [], items: [],
  };
}

/** @param {Context} context */
function createStart({ change }) {
  /** @type {[number, number]} */
  let at = [0, 0];
  const entries = (/** @type {const} */ (['x', 'y'])).map((axis, index) =>
    createParam(startParam(axis), {
      quiet: true,
      change: (value, live) => change((e) => setStart(e, /** @type {[number, number]} */ (at.with(index, value))), { live, what: 'start' }),
    }));
  const set = (/** @type {[number, number]} */ start) => {
    at = start;
    entries.forEach((entry, index) => entry.set(start[index]));
  };
  return { el: h('div', { class: 'pair' }, ...entries.map((entry) => entry.el)), set };
}

/** @param {Context} context */
function createFields({ catalog, change }) {
  const isFront = (/** @type {Param} */ param) => FRONT.includes(param.id);
  const howOf = (/** @type {Param} */ param) => ({
    quiet: isFront(param),
    slider: !TYPED.includes(param.id),
    change: (/** @type {any} */ value, /** @type {boolean} */ live) => change((e) => setField(e, param.id, value), { live, what: param.title }),
  });
  const front = createParams(catalog.experiment.filter(isFront), howOf);
  const rest = createParams(catalog.experiment.filter((param) => !isFront(param)), howOf);
  const body = h('div', { class: 'params' }, ...rest.els);
  return {
    els: [...front.els, createDisclosure('Noise, seed, clipping, precision', body), body],
    set: (/** @type {Record<string, any>} */ experiment) => [front, rest].forEach((group) => group.set(experiment)),
    setFault: (/** @type {string} */ id, /** @type {string|null} */ message) => [front, rest].forEach((group) => group.setFault(id, message)),
  };
}

/** @param {HTMLElement} root @param {Context} context @returns {import('../core/types.js').Control} */
export function createProblem(root, context) {
  const [surface, start, fields] = [createSurface(context), createStart(context), createFields(context)];
  root.append(...surface.els, start.el, ...fields.els);
  /** @type {import('../core/types.js').Problem[]} */
  let marked = [];
  const mark = (/** @type {string} */ path, /** @type {string|null} */ message) => {
    const inner = /^objective\.params\.(.+)$/.exec(path);
    if (inner) surface.setFault(inner[1], message);
    else fields.setFault(path, message);
  };
  const update = (/** @type {Model} */ { experiment, view, problems }) => {
    surface.update(experiment, view.theme);
    start.set(experiment.start);
    fields.set(/** @type {any} */ (experiment));
    if (problems === marked) return;
    for (const { path } of marked) mark(path, null);
    for (const { path, message } of problems) mark(path, message);
    marked = problems;
  };
  return { update };
}
