// @ts-check
/** The learning rates to begin with. */
import { matchPreset } from './entries.js';

/**
 * @typedef {import('../core/types.js').Catalog} Catalog
 * @typedef {import('../core/types.js').Experiment} Experiment
 * @typedef {import('../core/types.js').Objective} Objective
 * @typedef {import('../core/types.js').OptimizerChoice} OptimizerChoice
 * @typedef {import('../core/types.js').Preset} Preset
 */

/** Where nothing else suggests one, as the server has it. */
const FALLBACK_RATE = 0.01;

/** What stands for pairs of model and dataset that have no rate of their own. */
const ANY_PAIR = 'default';

/** Preset id to learning rate. @param {Catalog} catalog @param {Objective} objective @returns {Record<string, number>} */
function ratesOf(catalog, objective) {
  if (objective.kind === 'surface') return catalog.surfaces.find((entry) => entry.id === objective.name)?.rates ?? {};
  const { model_rates: rates } = catalog;
  return { ...rates[ANY_PAIR], ...rates[`${objective.model.name}/${objective.dataset.name}`] };
}

/** @param {Catalog} catalog @param {Objective} objective @param {Preset|null} preset @param {string} optimizer */
export function suggestion(catalog, objective, preset, optimizer) {
  const rates = ratesOf(catalog, objective);
  return (preset ? rates[preset.id] : undefined) ?? rates[optimizer] ?? FALLBACK_RATE;
}

/** The learning rate that the objective suggests for this optimizer. @param {Catalog} catalog @param {Pick<Experiment, 'objective'>} experiment @param {OptimizerChoice} optimizer */
export function suggestedRate(catalog, { objective }, optimizer) {
  return suggestion(catalog, objective, matchPreset(catalog, optimizer), optimizer.name);
}

/** The optimizers with the learning rates that their objective suggests. @param {Catalog} catalog @param {Experiment} experiment @returns {Experiment} */
export function withSuggestedRates(catalog, experiment) {
  const { optimizers } = experiment;
  return { ...experiment, optimizers: optimizers.map((each) => ({ ...each, lr: suggestedRate(catalog, experiment, each) })) };
}
