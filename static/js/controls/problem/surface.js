// @ts-check
/** The surface that is gone down, its params, and where every path begins. */

import { h, mathLines, setAttribute, setHidden, setText } from '../../core/dom.js';
import { say } from '../../core/words.js';
import { onSurface, setStart, setSurface, setSurfaceParam, surfaceOf } from '../../state/experiment.js';
import { profileOf } from '../../state/profiles.js';
import { createGallery, createPicture } from '../elements/gallery.js';
import { createFields, fold } from '../params/fields.js';
import { createParam, createParams } from '../params/param.js';
import { createTyped } from './typed.js';

/**
 * @typedef {import('../../core/types.js').Context} Context
 * @typedef {import('../../core/types.js').Place} Place
 * @typedef {import('../../core/types.js').Model} Model
 * @typedef {import('../../core/types.js').Surface} Surface
 * @typedef {import('../../core/types.js').Param} Param
 */

/** @param {Context} context @returns {import('../elements/gallery.js').Paint} */
function painter({ thumbnails, drawThumbnail }) {
  return (canvas, id) => {
    const picture = thumbnails?.[id];
    if (!picture || !drawThumbnail) return false;
    drawThumbnail(canvas, picture.levels, picture.width, picture.height);
    return true;
  };
}

/** @param {Context} context */
function createSurface(context) {
  const { catalog, change } = context;
  const paint = painter(context);
  const gallery = createGallery(say('problem.surfaces'), catalog.surfaces, paint, (id) =>
    change((e) => setSurface(e, catalog, id), false));
  const canvas = h('canvas', { class: 'thumbnail', width: 1, height: 1, 'aria-hidden': 'true' });
  const picture = createPicture(canvas, paint);
  const [title, line, formula, source] = [h('span', { class: 'surface-title' }), h('p', { class: 'help' }), h('div', { class: 'equation' }), h('a', { target: '_blank', rel: 'noreferrer', text: say('problem.source') })];
  const open = h('button', { class: 'surface', type: 'button', 'aria-label': say('problem.surface.change'), 'aria-haspopup': 'dialog', on: { click: gallery.open } },
    canvas, h('span', { class: 'surface-words' }, title, h('span', { class: 'surface-more', text: say('problem.surface.change') })));
  const params = h('div', { class: 'params' });
  /** @type {Surface|null} */
  let shown = null;
  /** @type {ReturnType<typeof createParams>|null} */
  let controls = null;
  /** The formula of a typed function that is shown. */
  let written = '';
  const about = h('div', {}, line, formula);
  // In place of a formula that is none of what is typed stands what is wrong.
  const typed = createTyped(context, (faulty) => setHidden(about, faulty && !shown));
  const show = (/** @type {Surface} */ surface) => {
    shown = surface;
    setText(title, surface.title);
    line.replaceChildren(surface.line, ' ', source);
    formula.replaceChildren(...mathLines(surface.formula));
    source.href = surface.source.url;
    source.title = surface.source.title;
    controls = createParams(surface.params, (param) => ({
      quiet: true,
      change: (value, live) => change((e) => setSurfaceParam(e, param.id, value), live),
    }));
    params.replaceChildren(...controls.els);
  };
  const showTyped = (/** @type {import('../../core/types.js').Profile['own']} */ own) => {
    setText(title, say('typed.own'));
    shown = controls = null;
    if (own && own.formula !== written) formula.replaceChildren(...mathLines(own.formula));
    written = own?.formula ?? '';
    line.replaceChildren();
    params.replaceChildren();
  };
  const update = (/** @type {Model} */ model) => {
    const { experiment, view } = model;
    const surface = surfaceOf(catalog, experiment);
    const objective = onSurface(experiment);
    typed.update(model);
    setAttribute(open, 'data-typed', objective ? null : '');
    if (!surface || !objective) {
      showTyped(profileOf(catalog, experiment).own);
      gallery.update('', view.theme);
      return;
    }
    written = '';
    if (surface !== shown) show(surface);
    picture(surface.id, view.theme);
    controls?.set(objective.params);
    gallery.update(surface.id, view.theme);
  };
  const setFault = (/** @type {Place} */ [first, ...inner], /** @type {string|null} */ message) =>
    first === 'params' && (controls?.setFault(inner, message) ?? false);
  const els = [open, typed.field, about, params, ...typed.els];
  return { els, update, setFault: (/** @type {Place} */ at, /** @type {string|null} */ message) => typed.setFault(at, message) || setFault(at, message) };
}

/** @param {'x'|'y'} axis @returns {Param} */
function startParam(axis) {
  return {
    id: axis, title: say('problem.start', { axis }), kind: 'number', default: 0, help: say('problem.start.help', { axis }), low: null, high: null,
    open_low: false, open_high: false, soft: null, scale: 'linear', symbol: '', unit: '', optional: false, choices: [], items: [],
    fewest: 0, most: 0, rising: false,
  };
}

/** @param {Context} context */
function createStart({ change }) {
  /** @type {[number, number]} */
  let at = [0, 0];
  const entries = (/** @type {const} */ (['x', 'y'])).map((axis, index) =>
    createParam(startParam(axis), {
      quiet: true,
      change: (value, live) => change((e) => setStart(e, /** @type {[number, number]} */ (at.with(index, value))), live),
    }));
  const set = (/** @type {[number, number]} */ start) => {
    at = start;
    entries.forEach((entry, index) => entry.set(start[index]));
  };
  const setFault = (/** @type {number} */ index, /** @type {string|null} */ message) => entries[index]?.setFault(message);
  return { el: h('div', { class: 'pair' }, ...entries.map((entry) => entry.el)), set, setFault };
}

/** Fields that stay in sight. */
const FRONT = ['steps'];

/** @param {Context} context @returns {import('./problem.js').Panel} */
export function createSurfacePanel(context) {
  const [surface, start] = [createSurface(context), createStart(context)];
  const front = createFields(context, (id) => FRONT.includes(id), { quiet: true });
  const rest = createFields(context, (id) => !FRONT.includes(id));
  return {
    el: h('div', { class: 'zone-body' }, ...surface.els, start.el, ...front.els, ...fold(say('problem.more'), ...rest.els)),
    update: (model) => {
      surface.update(model);
      if (model.experiment.start) start.set(model.experiment.start);
      for (const fields of [front, rest]) fields.set(model.experiment);
    },
    setFault: (at, message) => {
      const [first, second] = at;
      if (first === 'start' && typeof second === 'number') {
        start.setFault(second, message);
        return true;
      }
      if (first === 'objective') return surface.setFault(at.slice(1), message);
      return front.setFault(at, message) || rest.setFault(at, message);
    },
  };
}
