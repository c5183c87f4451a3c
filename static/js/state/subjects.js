// @ts-check
/** What the page offers for each subject of an experiment: its views, curves and measures, the usual one first. Pure. */

/** @typedef {import('../core/types.js').Catalog} Catalog */
/** @typedef {import('../core/types.js').Experiment} Experiment */
/** @typedef {import('../core/types.js').View} View */
/** @typedef {import('../core/types.js').Measure} Measure */
/** @typedef {'surface'|'classifier'|'regressor'} Subject */

/** @type {Record<Subject, View['tab'][]>} */
export const TABS = {
  surface: ['2d', '3d', 'both'],
  classifier: ['data', '2d', '3d', 'both', 'weights', 'confusion'],
  regressor: ['data', '2d', '3d', 'both', 'weights'],
};

/** @type {Record<Subject, View['curve'][]>} */
export const CURVES = {
  surface: ['loss', 'gradient', 'distance', 'rate'],
  classifier: ['loss', 'accuracy', 'gradient', 'rate'],
  regressor: ['loss', 'accuracy', 'gradient', 'rate'],
};

/** @type {Record<Subject, Measure[]>} */
export const MEASURES = {
  surface: ['final', 'best', 'steps', 'distance', 'length'],
  classifier: ['final', 'best', 'test', 'score', 'steps'],
  regressor: ['final', 'best', 'test', 'score', 'steps'],
};

/** @param {Catalog} catalog @param {Experiment} experiment @returns {Subject} */
export function subjectOf(catalog, { objective }) {
  if (objective.kind === 'surface') return 'surface';
  const dataset = catalog.datasets.find((entry) => entry.id === objective.dataset.name);
  return dataset?.tasks.includes('regression') ? 'regressor' : 'classifier';
}

/** What was chosen, where it is offered; otherwise the usual. @template T @param {T[]} offered @param {T} chosen @returns {T} */
export function offeredOr(offered, chosen) {
  return offered.includes(chosen) ? chosen : offered[0];
}
