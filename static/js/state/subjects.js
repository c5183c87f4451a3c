// @ts-check
/** What an experiment is about, as far as the page shows other numbers for it. Pure. */

/** @typedef {import('../core/types.js').Catalog} Catalog */
/** @typedef {import('../core/types.js').Experiment} Experiment */
/** @typedef {import('../core/types.js').View} View */
/** @typedef {'surface'|'classifier'|'regressor'} Subject */

/** The curves there are, the usual first. @type {Record<Subject, View['curve'][]>} */
export const CURVES = {
  surface: ['loss', 'gradient', 'distance', 'rate'],
  classifier: ['loss', 'accuracy', 'gradient', 'rate'],
  regressor: ['loss', 'accuracy', 'gradient', 'rate'],
};

/** @param {Catalog} catalog @param {Experiment} experiment @returns {Subject} */
export function subjectOf(catalog, { objective }) {
  if (objective.kind === 'surface') return 'surface';
  const dataset = catalog.datasets.find((entry) => entry.id === objective.dataset.name);
  return dataset?.tasks.includes('regression') ? 'regressor' : 'classifier';
}

/** What races of one experiment can be drawn on. @param {Experiment|null} experiment */
export function groundOf(experiment) {
  const { kind, name, model, dataset } = /** @type {Record<string, any>} */ (experiment?.objective ?? {});
  return [kind, name, model?.name, dataset?.name].join();
}

/** What was chosen, where it is offered; otherwise the usual. @template T @param {T[]} offered @param {T} chosen @returns {T} */
export function offeredOr(offered, chosen) {
  return offered.includes(chosen) ? chosen : offered[0];
}
