// @ts-check
/** What a model learns from: the picture of the data, the way to others, and their params. */

import { h, setText, uniqueId } from '../core/dom.js';
import { datasetOf, find, modelOf, setDataset, setDatasetParam } from '../state/experiment.js';
import { paintDataset, pictureOf } from './datasetpicture.js';
import { fold } from './fields.js';
import { createGallery, createPicture } from './gallery.js';
import { createParams } from './param.js';

/**
 * @typedef {import('../core/types.js').Context} Context
 * @typedef {import('../core/types.js').Model} Model
 * @typedef {import('../core/types.js').DatasetEntry} DatasetEntry
 * @typedef {import('../core/types.js').ModelData} ModelData
 */

/** Params that stay in sight; the rest is behind a button. */
const FRONT = ['noise'];
/** Sides of the pictures, in px. */
const SIDE = { rail: 64, tile: 200 };

/** @param {Context} context */
function createParts(context) {
  const { catalog, change } = context;
  const paintTile = (/** @type {HTMLCanvasElement} */ tile, /** @type {string} */ id) => {
    const { tasks, picture } = find(catalog.datasets, id);
    return paintDataset(context, tile, picture, tasks, SIDE.tile);
  };
  const gallery = createGallery('Data', catalog.datasets, paintTile, (id) =>
    change((e) => setDataset(e, catalog, id), { live: false, what: 'data' }), 'dialog-data');
  const canvas = h('canvas', { class: 'thumbnail', width: 1, height: 1, 'aria-hidden': 'true' });
  const title = h('span', { class: 'surface-title' });
  const fault = h('p', { class: 'fault', id: uniqueId('fault'), 'aria-live': 'polite', hidden: true });
  const open = h('button', {
    class: 'surface data-picture', type: 'button', 'aria-haspopup': 'dialog', 'aria-describedby': fault.id, on: { click: gallery.open },
  }, canvas, h('span', { class: 'surface-words' }, title, h('span', { class: 'surface-more', text: 'Change data' })));
  return { gallery, picture: createDataPicture(context, canvas), title, fault, open };
}

/** The data as they are set, or until these are known the dataset as it comes. @param {Context} context @param {HTMLCanvasElement} canvas */
function createDataPicture(context, canvas) {
  /** @type {DatasetEntry|null} */
  let dataset = null;
  /** What was known when the dataset was chosen, and is not of it. @type {ModelData|null} */
  let stale = null;
  /** @type {ModelData|null} */
  let known = null;
  let version = 0;
  const show = createPicture(canvas, () => {
    if (!dataset) return false;
    const own = known !== stale && known ? pictureOf(known) : null;
    return paintDataset(context, canvas, own ?? dataset.picture, dataset.tasks, SIDE.rail);
  });
  return (/** @type {DatasetEntry} */ now, /** @type {ModelData|null} */ data, /** @type {string} */ theme) => {
    if (now !== dataset) stale = dataset ? data : null;
    if (now !== dataset || data !== known) version += 1;
    [dataset, known] = [now, data];
    show(String(version), theme);
  };
}

/** @param {Context} context */
export function createDataset(context) {
  const { catalog, change } = context;
  const { gallery, picture, title, fault, open } = createParts(context);
  const line = h('p', { class: 'help' });
  const params = h('div', { class: 'params' });
  /** @type {DatasetEntry|null} */
  let shown = null;
  /** @type {ReturnType<typeof createParams>|null} */
  let controls = null;
  const show = (/** @type {DatasetEntry} */ dataset) => {
    shown = dataset;
    setText(title, dataset.title);
    open.title = dataset.line;
    setText(line, dataset.source ? `${dataset.line} Source: ${dataset.source}.` : dataset.line);
    controls = createParams(dataset.params, (param) => ({
      quiet: FRONT.includes(param.id),
      change: (value, live) => change((e) => setDatasetParam(e, param.id, value, catalog), { live, what: param.title }),
    }));
    const [front, rest] = [true, false].map((inSight) => dataset.params.filter((param) => FRONT.includes(param.id) === inSight));
    const els = (/** @type {typeof front} */ some) => some.map((param) => controls?.get(param.id)?.el).filter((el) => el !== undefined);
    const words = rest.map((param) => param.title).join(', ');
    params.replaceChildren(...els(front), ...fold(words.charAt(0).toUpperCase() + words.slice(1), ...els(rest)));
  };
  const update = (/** @type {Model} */ { experiment, view, data }) => {
    const dataset = datasetOf(catalog, experiment);
    const model = modelOf(catalog, experiment);
    if (!dataset || experiment.objective.kind !== 'model') return;
    if (dataset !== shown) show(dataset);
    picture(dataset, data, view.theme);
    controls?.set(experiment.objective.dataset);
    gallery.update(dataset.id, view.theme, (id) => (model?.datasets.includes(id) ? '' : 'for another model'));
  };
  const setFault = (/** @type {string} */ id, /** @type {string|null} */ message) => {
    if (id !== 'name') return controls?.setFault(id, message) ?? false;
    setText(fault, message ?? '');
    fault.hidden = !message;
    return true;
  };
  return { els: [h('div', { class: 'param quiet' }, open, fault, line), params], update, setFault };
}
