// @ts-check
/** What a model learns from: the picture of the data, the way to others, and their params. */

import { h, setText, uniqueId } from '../../core/dom.js';
import { say } from '../../core/words.js';
import { datasetOf, find, modelOf, onModel, setDataset, setDatasetParam } from '../../state/experiment.js';
import { createGallery, createPicture } from '../elements/gallery.js';
import { createParams } from '../params/param.js';
import { createTile } from './part.js';
import { paintDataset, pictureOf } from './picture.js';

/**
 * @typedef {import('../../core/types.js').Context} Context
 * @typedef {import('../../core/types.js').Place} Place
 * @typedef {import('../../core/types.js').Model} Model
 * @typedef {import('../../core/types.js').DatasetEntry} DatasetEntry
 * @typedef {import('../../core/types.js').ModelData} ModelData
 */

/** Sides of the pictures, in px. */
const SIDE = { rail: 76, tile: 200 };

/** @param {Context} context */
function createElements(context) {
  const { catalog, change } = context;
  const paintTile = (/** @type {HTMLCanvasElement} */ tile, /** @type {string} */ id) => {
    const { tasks, picture } = find(catalog.datasets, id);
    return paintDataset(context, tile, picture, tasks, SIDE.tile);
  };
  const gallery = createGallery(say('problem.data'), catalog.datasets, paintTile, (id) =>
    change((e) => setDataset(e, catalog, id), false), 'dialog-data');
  const canvas = h('canvas', { class: 'thumbnail', width: 1, height: 1, 'aria-hidden': 'true' });
  const fault = h('p', { class: 'fault', id: uniqueId('fault'), 'aria-live': 'polite', hidden: true });
  const open = h('button', {
    class: 'button', type: 'button', 'aria-haspopup': 'dialog', 'aria-describedby': fault.id, text: say('problem.data.change'), on: { click: gallery.open },
  });
  const [line, params] = [h('p', { class: 'help' }), h('div', { class: 'params' })];
  const part = createTile({ kind: say('problem.data'), settings: say('problem.data.settings') }, canvas, h('div', {}, open, fault), line, params);
  return { gallery, picture: createDataPicture(context, canvas), fault, line, params, part };
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
  const { gallery, picture, fault, line, params, part } = createElements(context);
  /** @type {DatasetEntry|null} */
  let shown = null;
  /** @type {ReturnType<typeof createParams>|null} */
  let controls = null;
  const show = (/** @type {DatasetEntry} */ dataset) => {
    shown = dataset;
    setText(line, dataset.source ? say('problem.data.source', { line: dataset.line, source: dataset.source }) : dataset.line);
    controls = createParams(dataset.params, (param) => ({
      quiet: true,
      change: (value, live) => change((e) => setDatasetParam(e, param.id, value, catalog), live),
    }));
    params.replaceChildren(...controls.els);
  };
  const update = (/** @type {Model} */ { experiment, view, data }) => {
    const dataset = datasetOf(catalog, experiment);
    const model = modelOf(catalog, experiment);
    const objective = onModel(experiment);
    if (!dataset || !objective) return;
    if (dataset !== shown) show(dataset);
    const chosen = objective.dataset;
    picture(dataset, data, view.theme);
    controls?.set(chosen);
    part.set(dataset.title, say('counts.samples', { n: chosen.samples ?? dataset.samples }), dataset.line);
    gallery.update(dataset.id, view.theme, (id) => (model?.datasets.includes(id) ? '' : say('problem.data.other')));
  };
  const setFault = (/** @type {Place} */ at, /** @type {string|null} */ message) => {
    if (at[0] !== 'name') return controls?.setFault(at, message) ?? false;
    setText(fault, message ?? '');
    fault.hidden = !message;
    return true;
  };
  return { part, update, setFault };
}
