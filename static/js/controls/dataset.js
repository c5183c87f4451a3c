// @ts-check
/** What a model learns from: the picture of the data, the way to others, and their params. */

import { h, setText, uniqueId } from '../core/dom.js';
import { datasetOf, modelOf, setDataset, setDatasetParam } from '../state/experiment.js';
import { paintDataset } from './datasetpicture.js';
import { fold } from './fields.js';
import { createGallery, createPicture } from './gallery.js';
import { createParams } from './param.js';

/**
 * @typedef {import('../core/types.js').Context} Context
 * @typedef {import('../core/types.js').Model} Model
 * @typedef {import('../core/types.js').DatasetEntry} DatasetEntry
 */

/** Params that say how much is drawn, not what: behind a button. */
const REST = ['samples', 'seed'];
/** Sides of the pictures, in px. */
const SIDE = { rail: 64, tile: 200 };

/** @param {Context} context */
function createParts(context) {
  const { catalog, change } = context;
  const painter = (/** @type {number} */ side) => (/** @type {HTMLCanvasElement} */ canvas, /** @type {string} */ id) =>
    catalog.datasets.some((entry) => entry.id === id && paintDataset(context, canvas, entry, side));
  const gallery = createGallery('Data', catalog.datasets, painter(SIDE.tile), (id) =>
    change((e) => setDataset(e, catalog, id), { live: false, what: 'data' }), 'dialog-data');
  const canvas = h('canvas', { class: 'thumbnail', width: 1, height: 1, 'aria-hidden': 'true' });
  const title = h('span', { class: 'surface-title' });
  const fault = h('p', { class: 'fault', id: uniqueId('fault'), 'aria-live': 'polite', hidden: true });
  const open = h('button', {
    class: 'surface data-picture', type: 'button', 'aria-label': 'Change data', 'aria-haspopup': 'dialog', 'aria-describedby': fault.id, on: { click: gallery.open },
  }, canvas, h('span', { class: 'surface-words' }, title, h('span', { class: 'surface-more', text: 'Change data' })));
  return { gallery, picture: createPicture(canvas, painter(SIDE.rail)), title, fault, open };
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
      quiet: !REST.includes(param.id),
      change: (value, live) => change((e) => setDatasetParam(e, param.id, value, catalog), { live, what: param.title }),
    }));
    const [front, rest] = [false, true].map((behind) => dataset.params.filter((param) => REST.includes(param.id) === behind));
    const els = (/** @type {typeof front} */ some) => some.map((param) => controls?.get(param.id)?.el).filter((el) => el !== undefined);
    const words = rest.map((param) => param.title).join(', ');
    params.replaceChildren(...els(front), ...fold(words.charAt(0).toUpperCase() + words.slice(1), ...els(rest)));
  };
  const update = (/** @type {Model} */ { experiment, view }) => {
    const dataset = datasetOf(catalog, experiment);
    const model = modelOf(catalog, experiment);
    if (!dataset || experiment.objective.kind !== 'model') return;
    if (dataset !== shown) show(dataset);
    picture(dataset.id, view.theme);
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
