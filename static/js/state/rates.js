// @ts-check
/** The learning rates to begin with. */
import { matchPreset } from './entries.js';
import { profileOf } from './profiles.js';

/**
 * @typedef {import('../core/types.js').Catalog} Catalog
 * @typedef {import('../core/types.js').Experiment} Experiment
 * @typedef {import('../core/types.js').OptimizerChoice} OptimizerChoice
 * @typedef {import('../core/types.js').Preset} Preset
 */

/** @param {Catalog} catalog @param {Pick<Experiment, 'objective'>} experiment @param {Preset|null} preset */
export function suggestion(catalog, experiment, preset) {
  const { rates, rate } = profileOf(catalog, experiment);
  return (preset && rates[preset.id]) ?? rate;
}

/** The learning rate that the objective suggests for this optimizer. @param {Catalog} catalog @param {Pick<Experiment, 'objective'>} experiment @param {OptimizerChoice} optimizer */
export function suggestedRate(catalog, experiment, optimizer) {
  return suggestion(catalog, experiment, matchPreset(catalog, optimizer));
}

/** The optimizers with the learning rates that their objective suggests. @param {Catalog} catalog @param {Experiment} experiment @returns {Experiment} */
export function withSuggestedRates(catalog, experiment) {
  const { optimizers } = experiment;
  return { ...experiment, optimizers: optimizers.map((each) => ({ ...each, lr: suggestedRate(catalog, experiment, each) })) };
}
