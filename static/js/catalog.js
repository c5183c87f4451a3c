// @ts-check
/** What the page begins with when its address says nothing, or not all. */
import { fresh, datasetFor, modelFor } from './state/suiting.js';

/** @typedef {import('./core/types.js').Catalog} Catalog */

/** Momentum overshoots and swings where plain descent crawls: the race of a first visit. */
export const FIRST_VISIT = {
  version: 1,
  objective: { kind: 'surface', name: 'quadratic', params: { condition: 40, angle: 20 } },
  start: [-2.6, 1.4],
  optimizers: [
    { name: 'sgd', lr: 0.02 },
    { name: 'sgd', lr: 0.02, momentum: 0.9 },
    { name: 'adam', lr: 0.1 },
  ],
  steps: 200,
};

/** The first model of a visit: a border that is seen to bend, and optimizers that come apart at once. */
export const FIRST_SCENARIO = 'spirals';

/**
 * A document from an address with what it leaves out: the surface of a first visit, or a model and a dataset that suit
 * each other; and the optimizers of a first visit with the learning rates that are suggested for that.
 * @param {Record<string, any>|null} draft @param {Catalog} catalog @returns {Record<string, any>}
 */
export function completeDraft(draft, catalog) {
  if (!draft) return FIRST_VISIT;
  return {
    optimizers: FIRST_VISIT.optimizers.map(({ lr, ...choice }) => choice),
    ...draft,
    objective: completeObjective(draft.objective, catalog),
  };
}

/** @param {Record<string, any>|undefined} objective @param {Catalog} catalog */
function completeObjective(objective, catalog) {
  if (objective?.kind !== 'model') return objective ?? FIRST_VISIT.objective;
  const { model } = objective;
  const dataset = objective.dataset ?? (model ? datasetFor(catalog, model) : fresh(catalog.datasets[0]));
  return { ...objective, dataset, model: model ?? modelFor(catalog, dataset) };
}
