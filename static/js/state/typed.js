// @ts-check
/** Functions that are typed, changed by pure functions: each takes an experiment and returns another. */
import { suggestedRate } from './rates.js';

/**
 * @typedef {import('../core/types.js').Catalog} Catalog
 * @typedef {import('../core/types.js').Experiment} Experiment
 * @typedef {import('../core/types.js').TypedObjective} TypedObjective
 */

/** Names, and numbers, in which an e is none. */
const WORD = /[A-Za-z_]\w*|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/g;
/** Half of the range of a constant that is not larger. */
const USUAL = 5;

/** The typed function of an experiment, or null when the objective is something else. @param {Pick<Experiment, 'objective'>} experiment */
export function typedOf({ objective }) {
  return objective.kind === 'surface' && 'expression' in objective ? objective : null;
}

/** The range of a constant that nobody has given one, as the server has it. @param {number} value @returns {[number, number]} */
export function usualRange(value) {
  const half = Math.abs(value) <= USUAL ? USUAL : 2 * Math.abs(value);
  return [-half, half];
}

/**
 * The document of the function `expression`, for the server to complete: with the constants that are still in it, from
 * the start and with the learning rates that suit it, but for those rates that were chosen. held: whether the window stays.
 * @param {Catalog} catalog @param {Experiment} experiment @param {string} expression @param {boolean} held @returns {object}
 */
export function typedDraft(catalog, experiment, expression, held) {
  const before = typedOf(experiment);
  const names = /** @type {string[]} */ (expression.match(WORD) ?? []);
  const kept = (/** @type {Record<string, any>} */ values) =>
    Object.fromEntries(Object.entries(values).filter(([id]) => names.includes(id)));
  const objective = {
    kind: 'surface', expression, params: kept(before?.params ?? {}), ranges: kept(before?.ranges ?? {}),
    ...(held && before && { window: before.window }),
  };
  const { start, optimizers, ...rest } = experiment;
  return {
    ...rest,
    objective,
    optimizers: optimizers.map((optimizer) => {
      const { lr, ...others } = optimizer;
      return before && lr !== suggestedRate(catalog, experiment, optimizer) ? optimizer : others;
    }),
  };
}

/** Another range of the slider of a constant. @param {Experiment} experiment @param {string} id @param {[number, number]} ends @returns {Experiment} */
export function setConstantRange(experiment, id, ends) {
  return withTyped(experiment, (objective) => ({ ...objective, ranges: { ...objective.ranges, [id]: ends } }));
}

/** @param {Experiment} experiment @param {TypedObjective['window']} ends @returns {Experiment} */
export function setWindow(experiment, ends) {
  return withTyped(experiment, (objective) => ({ ...objective, window: ends }));
}

/** @param {Experiment} experiment @param {(objective: TypedObjective) => TypedObjective} fn @returns {Experiment} */
function withTyped(experiment, fn) {
  const objective = typedOf(experiment);
  return objective ? { ...experiment, objective: fn(objective) } : experiment;
}
