// @ts-check
/** Which models, datasets and losses go together, by the rules of the server. */
import { defaults, find } from './entries.js';

/**
 * @typedef {import('../core/types.js').Catalog} Catalog
 * @typedef {import('../core/types.js').LossEntry} LossEntry
 * @typedef {import('../core/types.js').ModelObjective} ModelObjective
 * @typedef {import('../core/types.js').Named} Named
 * @typedef {import('../core/types.js').Task} Task
 */

/** The entry with this id, every param at its default. @param {import('../core/types.js').ModelEntry|import('../core/types.js').DatasetEntry} entry @returns {Named} */
export function fresh(entry) {
  return { name: entry.id, ...defaults(entry.params) };
}

/** What a dataset is to be learned for, as it is set. @param {Catalog} catalog @param {Named} dataset @returns {Task|null} */
function taskOf(catalog, dataset) {
  const entry = catalog.datasets.find((each) => each.id === dataset.name);
  if (!entry) return null;
  if (entry.tasks.length === 1) return entry.tasks[0];
  return (dataset.classes ?? entry.classes) > 2 ? 'multiclass' : 'binary';
}

/** The losses by which `model` can learn from `dataset`, the preferred first. @param {Catalog} catalog @param {Named} model @param {Named} dataset @returns {LossEntry[]} */
export function lossesFor(catalog, model, dataset) {
  const entry = catalog.models.find((each) => each.id === model.name);
  const task = taskOf(catalog, dataset);
  if (!entry || !task || !entry.datasets.includes(dataset.name)) return [];
  return entry.losses.map((id) => find(catalog.losses, id)).filter((loss) => loss.tasks.includes(task));
}

/** Models from the one that suits the most datasets to the one that suits the fewest. @param {Catalog} catalog */
function broadestFirst(catalog) {
  return catalog.models.toSorted((one, other) => other.datasets.length - one.datasets.length);
}

/**
 * A model for `dataset`: the given one if it can learn from that, else the first that can, and the most versatile if
 * none can. @param {Catalog} catalog @param {Named} dataset @param {Named} [model] @returns {Named}
 */
export function modelFor(catalog, dataset, model) {
  if (model && lossesFor(catalog, model, dataset).length) return model;
  const models = broadestFirst(catalog).map(fresh);
  return models.find((each) => lossesFor(catalog, each, dataset).length) ?? models[0];
}

/**
 * A dataset for `model`: the given one as it is set, or else with its defaults, if the model can learn from that; else
 * the first that it can learn from. @param {Catalog} catalog @param {Named} model @param {Named} [dataset] @returns {Named}
 */
export function datasetFor(catalog, model, dataset) {
  const entry = catalog.models.find((each) => each.id === model.name);
  const first = catalog.datasets.find((each) => each.id === dataset?.name);
  const others = catalog.datasets.filter((each) => entry?.datasets.includes(each.id));
  const choices = [...(dataset ? [dataset] : []), ...(first ? [fresh(first)] : []), ...others.map(fresh)];
  return choices.find((each) => lossesFor(catalog, model, each).length) ?? choices[0] ?? fresh(catalog.datasets[0]);
}

/** How many samples of `dataset` are left to learn from. @param {Catalog} catalog @param {Named} dataset @param {number} testFraction */
export function trainingSize(catalog, dataset, testFraction) {
  const size = dataset.samples ?? find(catalog.datasets, dataset.name).samples;
  return size - Math.min(Math.max(roundHalfEven(size * testFraction), 1), size - 1);
}

/** As the server rounds: a half to the even number. @param {number} value */
function roundHalfEven(value) {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 === 1 ? rounded - 1 : rounded;
}

/** Model and data with a loss and a batch that fit them: the present ones if they do. @param {Catalog} catalog @param {ModelObjective} objective @returns {ModelObjective} */
export function fitted(catalog, objective) {
  const { model, dataset, loss, batch_size: batch, test_fraction: share } = objective;
  const losses = lossesFor(catalog, model, dataset).map((each) => each.id);
  const most = trainingSize(catalog, dataset, share);
  return {
    ...objective,
    loss: losses.includes(loss) ? loss : losses[0],
    batch_size: batch === null ? null : Math.min(batch, most),
  };
}
