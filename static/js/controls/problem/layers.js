// @ts-check
/** What a model is made of, layer by layer, and how many weights that takes. Pure. */

import { say, sayList } from '../../core/words.js';
import { find } from '../../state/experiment.js';

/**
 * @typedef {import('../../core/types.js').Catalog} Catalog
 * @typedef {import('../../core/types.js').ModelObjective} ModelObjective
 * @typedef {Object} Layer  Units in a row, or maps: pictures of `side` by `side` numbers.
 * @property {'units'|'maps'} kind
 * @property {number} count
 * @property {number} side  1 for units
 * @property {string|null} bend  id of the activation
 */

/** Side of every filter. */
const KERNEL = 3;
/** Pooling divides the side of every map by this. */
const POOL = 2;

/** How many classes there are to tell apart, 0 for regression. @param {Catalog} catalog @param {ModelObjective} objective @returns {number} */
function classesOf(catalog, { dataset }) {
  return dataset.classes ?? find(catalog.datasets, dataset.name).classes;
}

/** From the inputs to the outputs. @param {Catalog} catalog @param {ModelObjective} objective @returns {Layer[]} */
export function layersOf(catalog, objective) {
  const { filters = [], hidden = [], activation = null, unit = null } = objective.model;
  const { shape } = find(catalog.datasets, objective.dataset.name);
  // A loss that tells many classes apart wants an output for each, whether there are two or more.
  const each = find(catalog.losses, objective.loss).tasks.includes('multiclass');
  const outputs = each ? classesOf(catalog, objective) : 1;
  /** @type {Layer[]} */
  const layers = filters.length
    ? [{ kind: 'maps', count: 1, side: shape[0], bend: null }]
    : [{ kind: 'units', count: shape.reduce((all, side) => all * side, 1), side: 1, bend: null }];
  for (const count of filters) {
    const { side } = layers[layers.length - 1];
    layers.push({ kind: 'maps', count, side: Math.floor(side / POOL), bend: activation });
  }
  for (const count of hidden) layers.push({ kind: 'units', count, side: 1, bend: activation });
  return [...layers, { kind: 'units', count: outputs, side: 1, bend: unit }];
}

/** Weights and biases of all layers. @param {Layer[]} layers */
export function countWeights(layers) {
  return layers.slice(1).reduce((sum, layer, index) => {
    const before = layers[index];
    const seen = layer.kind === 'maps' ? before.count * KERNEL ** 2 : before.count * before.side ** 2;
    return sum + layer.count * (seen + 1);
  }, 0);
}

/** @param {Layer[]} hidden */
function sayHidden(hidden) {
  const counts = sayList(hidden.map(({ count }) => String(count)));
  if (hidden[0].kind === 'maps') return say('network.filters', { counts });
  return say(hidden.length > 1 ? 'network.layers' : 'network.layer', { counts });
}

/** The whole model in a sentence. @param {Layer[]} layers */
export function sayNetwork(layers) {
  const [input, output, hidden] = [layers[0], layers[layers.length - 1], layers.slice(1, -1)];
  const inputs = input.kind === 'maps' ? say('network.pictures', { side: input.side }) : say('network.inputs', { n: input.count });
  const [outputs, weights] = [say('network.outputs', { n: output.count }), say('counts.weights', { n: countWeights(layers) })];
  if (!hidden.length) return say('network.plain', { inputs, outputs, weights });
  return say('network.whole', { inputs, hidden: sayHidden(hidden), outputs, weights });
}
