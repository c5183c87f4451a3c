// @ts-check
/** The panel of the rail for models: what to look for, the data, the model, and how it learns. */

import { h, mathLines, setText } from '../../core/dom.js';
import { say } from '../../core/words.js';
import { lossesOf, modelOf, onModel, setModel, setModelParam } from '../../state/experiment.js';
import { createParams } from '../params/param.js';
import { createSelect } from '../params/select.js';
import { createDataset } from './dataset.js';
import { countWeights, layersOf, sayNetwork } from './layers.js';
import { createLearning } from './learning.js';
import { createNetwork } from './network.js';
import { createParts, createTile } from './part.js';
import { createScenarios } from './scenario.js';

/**
 * @typedef {import('../../core/types.js').Context} Context
 * @typedef {import('../../core/types.js').Place} Place
 * @typedef {import('../../core/types.js').Model} Model
 * @typedef {import('../../core/types.js').Experiment} Experiment
 * @typedef {import('../../core/types.js').ModelEntry} ModelEntry
 */

/** @param {Context} context */
function createModel({ catalog, change }) {
  const network = createNetwork();
  const select = createSelect(say('problem.model.choose'), '', (id) => change((e) => setModel(e, catalog, id), false));
  const [words, params, formula] = [h('p', { class: 'help tabular network-words' }), h('div', { class: 'params' }), h('div', { class: 'formula' })];
  const part = createTile({ kind: say('problem.model'), settings: say('problem.model.settings') }, network.el, select.el, words, params, formula);
  /** @type {ModelEntry|null} */
  let shown = null;
  /** @type {ReturnType<typeof createParams>|null} */
  let controls = null;
  const show = (/** @type {ModelEntry} */ entry) => {
    shown = entry;
    select.setHelp(entry.line);
    controls = createParams(entry.params, (param) => ({
      quiet: true,
      change: (value, live) => change((e) => setModelParam(e, param.id, value), live),
    }));
    params.replaceChildren(...controls.els);
  };
  const set = (/** @type {Experiment} */ experiment) => {
    const entry = modelOf(catalog, experiment);
    const objective = onModel(experiment);
    if (!entry || !objective) return;
    if (entry !== shown) show(entry);
    select.set(catalog.models, entry.id);
    controls?.set(objective.model);
    const layers = layersOf(catalog, objective);
    network.set(layers);
    setText(words, sayNetwork(layers));
    part.set(entry.title, say('counts.weights', { n: countWeights(layers) }), sayNetwork(layers));
    showFormulas(formula, [entry.formula, ...lossesOf(catalog, experiment).filter(({ id }) => id === objective.loss).map((loss) => loss.formula)]);
  };
  const setFault = (/** @type {Place} */ at, /** @type {string|null} */ message) => {
    if (at[0] !== 'name') return controls?.setFault(at, message) ?? false;
    select.setFault(message);
    return true;
  };
  return { part, set, setFault };
}

/** @param {HTMLElement} host @param {string[]} formulas */
function showFormulas(host, formulas) {
  const key = formulas.join();
  if (host.dataset.shown === key) return;
  host.dataset.shown = key;
  host.replaceChildren(...formulas.map((text) => h('div', { class: 'equation' }, ...mathLines(text))));
}

/** @param {Context} context @returns {import('./problem.js').Panel} */
export function createModelPanel(context) {
  const [scenarios, dataset, model, learning] = [createScenarios(context), createDataset(context), createModel(context), createLearning(context)];
  /** @type {unknown[]} */
  let seen = [];
  const setFault = (/** @type {Place} */ at, /** @type {string|null} */ message) => {
    const [first, part, ...inner] = at;
    const owner = part === 'model' ? model : part === 'dataset' && dataset;
    return first === 'objective' && owner && inner.length ? owner.setFault(inner, message) : learning.setFault(at, message);
  };
  return {
    el: h('div', { class: 'zone-body' }, scenarios.el, createParts(dataset.part, model.part, learning.part)),
    update: (now) => {
      const { experiment, view, data } = now;
      if (seen[0] === experiment && seen[1] === view.theme && seen[2] === data) return;
      seen = [experiment, view.theme, data];
      scenarios.set(experiment);
      dataset.update(now);
      model.set(experiment);
      learning.set(experiment);
    },
    setFault,
  };
}
