// @ts-check
/** What is minimised, changed by pure functions: each takes an experiment and returns another. */
import { defaults, find } from './entries.js';
import { withSuggestedRates } from './rates.js';
import { datasetFor, fitted, fresh, lossesFor, modelFor } from './suiting.js';

/**
 * @typedef {import('../core/types.js').Experiment} Experiment
 * @typedef {import('../core/types.js').Catalog} Catalog
 * @typedef {import('../core/types.js').ModelObjective} ModelObjective
 * @typedef {import('../core/types.js').Named} Named
 * @typedef {import('../core/types.js').ParamValue} ParamValue
 */

/** The surface of the catalogue that an experiment is about, with its params; null of any other. @param {Pick<Experiment, 'objective'>} experiment */
export function onSurface({ objective }) {
  return objective.kind === 'surface' && 'name' in objective ? objective : null;
}

/** The objective of an experiment that trains a model, null of any other. @param {Pick<Experiment, 'objective'>} experiment */
export function onModel({ objective }) {
  return objective.kind === 'model' ? objective : null;
}

/** The surface of an experiment, or null when the objective is something else. @param {Catalog} catalog @param {Experiment} experiment */
export function surfaceOf(catalog, experiment) {
  const name = onSurface(experiment)?.name;
  return catalog.surfaces.find((each) => each.id === name) ?? null;
}

/** The model of an experiment, or null when the objective is something else. @param {Catalog} catalog @param {Experiment} experiment */
export function modelOf(catalog, experiment) {
  const name = onModel(experiment)?.model.name;
  return catalog.models.find((each) => each.id === name) ?? null;
}

/** The dataset of an experiment, or null when the objective is something else. @param {Catalog} catalog @param {Experiment} experiment */
export function datasetOf(catalog, experiment) {
  const name = onModel(experiment)?.dataset.name;
  return catalog.datasets.find((each) => each.id === name) ?? null;
}

/** The losses that fit the model and the data of an experiment, the preferred first. @param {Catalog} catalog @param {Experiment} experiment */
export function lossesOf(catalog, experiment) {
  const objective = onModel(experiment);
  return objective ? lossesFor(catalog, objective.model, objective.dataset) : [];
}

/** Another surface, from its own start, with the learning rates that it suggests. @param {Experiment} experiment @param {Catalog} catalog @param {string} id @returns {Experiment} */
export function setSurface(experiment, catalog, id) {
  const surface = find(catalog.surfaces, id);
  /** @type {Experiment['objective']} */
  const objective = { kind: 'surface', name: id, params: defaults(surface.params) };
  return withSuggestedRates(catalog, { ...experiment, objective, start: [surface.start[0], surface.start[1]] });
}

/** @param {Experiment} experiment @param {string} id @param {ParamValue} value @returns {Experiment} */
export function setSurfaceParam(experiment, id, value) {
  const { objective } = experiment;
  if (objective.kind !== 'surface') return experiment;
  const params = /** @type {Record<string, any>} */ ({ ...objective.params, [id]: value });
  return { ...experiment, objective: { ...objective, params } };
}

/**
 * A model objective in place of another: with a loss and a batch that fit, and where the model or the dataset is
 * another one, with the learning rates that suit the two.
 * @param {Experiment} experiment @param {Catalog} catalog @param {Partial<ModelObjective>} change @returns {Experiment}
 */
function withObjective(experiment, catalog, change) {
  const before = onModel(experiment);
  if (!before) return experiment;
  const objective = fitted(catalog, { ...before, ...change });
  const next = { ...experiment, objective };
  const same = objective.model.name === before.model.name && objective.dataset.name === before.dataset.name;
  return same ? next : withSuggestedRates(catalog, next);
}

/** Another model, with the settings that both have; the dataset stays if the model can learn from it. @param {Experiment} experiment @param {Catalog} catalog @param {string} id @returns {Experiment} */
export function setModel(experiment, catalog, id) {
  const objective = onModel(experiment);
  if (!objective) return experiment;
  const entry = find(catalog.models, id);
  const kinds = new Map(modelOf(catalog, experiment)?.params.map((param) => [param.id, param.kind]));
  const kept = entry.params.filter((param) => kinds.get(param.id) === param.kind).map((param) => [param.id, objective.model[param.id]]);
  const model = { ...fresh(entry), ...Object.fromEntries(kept) };
  return withObjective(experiment, catalog, { model, dataset: datasetFor(catalog, model, objective.dataset) });
}

/** Another dataset, as its picture shows it; the model stays if it can learn from that. @param {Experiment} experiment @param {Catalog} catalog @param {string} id @returns {Experiment} */
export function setDataset(experiment, catalog, id) {
  const objective = onModel(experiment);
  if (!objective) return experiment;
  const dataset = fresh(find(catalog.datasets, id));
  return withObjective(experiment, catalog, { dataset, model: modelFor(catalog, dataset, objective.model) });
}

/** @param {Experiment} experiment @param {string} id @param {ParamValue} value @returns {Experiment} */
export function setModelParam(experiment, id, value) {
  const objective = onModel(experiment);
  if (!objective) return experiment;
  return { ...experiment, objective: { ...objective, model: { ...objective.model, [id]: value } } };
}

/**
 * With more classes than the model can part, another model takes its place; a batch shrinks with its samples.
 * @param {Experiment} experiment @param {string} id @param {ParamValue} value @param {Catalog} catalog @returns {Experiment}
 */
export function setDatasetParam(experiment, id, value, catalog) {
  const objective = onModel(experiment);
  if (!objective) return experiment;
  const dataset = { ...objective.dataset, [id]: value };
  return withObjective(experiment, catalog, { dataset, model: modelFor(catalog, dataset, objective.model) });
}

/**
 * The loss, the batch size and what else stands beside model and dataset. What is set stays as it is set, for the
 * server to judge; the rest follows. @param {Experiment} experiment @param {string} id @param {ParamValue} value
 * @param {Catalog} catalog @returns {Experiment}
 */
export function setObjectiveField(experiment, id, value, catalog) {
  const objective = onModel(experiment);
  if (!objective) return experiment;
  const rest = fitted(catalog, { ...objective, [id]: value });
  return { ...experiment, objective: { ...rest, [id]: value } };
}

/** A scenario as it was thought out. @param {Catalog} catalog @param {string} id @returns {Experiment} */
export function setScenario(catalog, id) {
  return structuredClone(find(catalog.scenarios, id).experiment);
}

/** The optimizers of an experiment that can go along, on a first surface with suggested rates. @param {Experiment} experiment @param {Catalog} catalog @returns {Experiment} */
export function toSurfaces(experiment, catalog) {
  const able = new Set(catalog.optimizers.filter((entry) => entry.surfaces).map((entry) => entry.id));
  const optimizers = experiment.optimizers.filter((each) => able.has(each.name));
  return setSurface({ ...experiment, optimizers }, catalog, catalog.surfaces[0].id);
}
