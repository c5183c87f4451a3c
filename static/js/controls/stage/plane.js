// @ts-check
/** Which plane is laid through weight space: its kind, and what that can be told. */

import { h, setAttribute, setHidden, setText } from '../../core/dom.js';
import { say } from '../../core/words.js';
import { fittingPlane, limitOf, newPlane } from '../../state/plane.js';
import { icon } from '../elements/icons.js';
import { attachPopover } from '../elements/popover.js';
import { createParam } from '../params/param.js';
import { words } from '../params/words.js';

/** @typedef {import('../../core/types.js').Context} Context */
/** @typedef {import('../../core/types.js').Model} Model */
/** @typedef {import('../../core/types.js').ModelData} ModelData */
/** @typedef {import('../../core/types.js').Named} Named */
/** @typedef {import('../../core/types.js').Param} Param */
/** @typedef {import('../../core/types.js').PlaneEntry} PlaneEntry */

/** More weights than this are typed by number. */
const MOST_NAMES = 400;

/** The plane that is chosen: by the user, else by the server, else the first. @param {Context['catalog']} catalog @param {Model} model @returns {Named} */
function chosenPlane(catalog, { view, plane, experiment, data }) {
  const choice = view.plane ?? plane?.plane ?? { name: catalog.planes[0].id };
  return fittingPlane(catalog, choice, experiment.optimizers.length, data?.weights ?? Infinity);
}

/** Every weight by its tensor and place. @param {ModelData} data */
function weightNames({ shapes }) {
  return shapes.flatMap(({ name, shape }) => {
    const size = shape.reduce((product, length) => product * length, 1);
    return Array.from({ length: size }, (_, index) => `${name}[${placeOf(index, shape).join(', ')}]`);
  });
}

/** @param {number} index @param {number[]} shape row-major */
function placeOf(index, shape) {
  let rest = index;
  const place = shape.toReversed().map((length) => {
    const at = rest % length;
    rest = (rest - at) / length;
    return at;
  });
  return place.reverse();
}

/** The values of a param that have names, null where it is just a number. @param {PlaneEntry} entry @param {Param} param @param {Model} model @returns {string[]|null} */
function namesOf(entry, param, { experiment, data }) {
  if (entry.rows.includes(param.id)) return experiment.optimizers.map((optimizer) => optimizer.label);
  if (entry.weights.includes(param.id) && data && data.weights <= MOST_NAMES) return weightNames(data);
  return null;
}

/** A param that numbers one of some things with names: an optimizer, a weight. @param {Param} param @param {string[]} names in order @param {(value: number|null) => void} change */
function createPick(param, names, change) {
  const { help, label, described } = words(param);
  const el = h('select', {
    class: 'select', 'aria-label': param.title, 'aria-describedby': described,
    on: { change: () => change(el.value === '' ? null : Number(el.value)) },
  }, ...names.map((name, index) => h('option', { value: String(index), text: name })), param.optional && h('option', { value: '', text: say('plane.last') }));
  return {
    el: h('div', { class: 'param' }, h('div', { class: 'param-head' }, label, el), help),
    set: (/** @type {number|null} */ value) => {
      const text = value === null ? '' : String(value);
      if (el.value !== text) el.value = text;
    },
  };
}

/** The settings of a kind of plane, made anew when what can be chosen is another. @param {Context} context */
function createSettings({ catalog, changeView }) {
  const line = h('p', { class: 'plane-line' });
  const params = h('div', { class: 'params' });
  const source = h('a', { class: 'plane-source', target: '_blank', rel: 'noreferrer' });
  /** @type {Named} */
  let chosen = { name: '' };
  /** @type {Map<string, {el: HTMLElement, set: (value: any) => void}>} */
  let controls = new Map();
  let made = '';
  const change = (/** @type {string} */ id, /** @type {any} */ value) => changeView({ plane: { ...chosen, [id]: value } });
  /** @param {PlaneEntry} entry @param {Param} param @param {Model} model */
  const create = (entry, param, model) => {
    const names = namesOf(entry, param, model);
    if (names) return createPick(param, names, (value) => change(param.id, value));
    const limit = limitOf(entry, param.id, model.experiment.optimizers.length, model.data?.weights ?? Infinity);
    const high = Number.isFinite(limit) ? limit - 1 : param.high;
    return createParam({ ...param, high }, { slider: false, change: (value) => change(param.id, value) });
  };
  const update = (/** @type {Model} */ model) => {
    chosen = chosenPlane(catalog, model);
    const entry = catalog.planes.find((each) => each.id === chosen.name) ?? catalog.planes[0];
    const key = JSON.stringify([entry.id, model.data?.shapes, model.experiment.optimizers.map((optimizer) => optimizer.label)]);
    if (key !== made) {
      made = key;
      controls = new Map(entry.params.map((param) => [param.id, create(entry, param, model)]));
      params.replaceChildren(...[...controls.values()].map((control) => control.el));
      setText(line, entry.line);
      setText(source, entry.source?.title ?? '');
      setAttribute(source, 'href', entry.source?.url ?? null);
      setHidden(source, !entry.source);
    }
    for (const [id, control] of controls) control.set(chosen[id]);
  };
  return { els: [line, params, source], update };
}

/** @param {HTMLElement} host @param {Context} context */
export function createPlaneChooser(host, context) {
  const { catalog, changeView } = context;
  const select = h('select', {
    class: 'select', 'aria-label': say('plane.choose'),
    on: { change: () => changeView({ plane: newPlane(catalog, select.value) }) },
  }, ...catalog.planes.map(({ id, title }) => h('option', { value: id, text: title })));
  const settings = createSettings(context);
  const button = h('button', { class: 'button-icon', type: 'button', 'aria-label': say('plane.about'), title: say('plane.about.title') }, icon('tune'));
  const sheet = h('div', { class: 'plane-settings', role: 'dialog', 'aria-label': say('plane.settings') }, ...settings.els);
  const el = h('div', { class: 'plane-chooser' }, select, button, sheet);
  attachPopover(button, sheet);
  host.append(el);
  return {
    /** @param {Model} model @param {boolean} wanted */
    update: (model, wanted) => {
      setHidden(el, !wanted);
      if (!wanted) return;
      const { name } = chosenPlane(catalog, model);
      if (select.value !== name) select.value = name;
      setAttribute(select, 'title', catalog.planes.find((entry) => entry.id === name)?.line ?? null);
      settings.update(model);
    },
  };
}
