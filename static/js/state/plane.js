// @ts-check
/** The choice of a plane through weight space, written out and changed by pure functions. */

import { defaults, find } from './entries.js';

/** @typedef {import('../core/types.js').Catalog} Catalog */
/** @typedef {import('../core/types.js').Named} Named */
/** @typedef {import('../core/types.js').PlaneEntry} PlaneEntry */

/** @param {Catalog} catalog @param {string} id @returns {Named} */
export function newPlane(catalog, id) {
  return { name: id, ...defaults(find(catalog.planes, id).params) };
}

/**
 * The choice that this experiment allows: what it leaves out, what is no such number, and what numbers an optimizer or a
 * weight that is not there, has its default. @param {Catalog} catalog @param {Named} choice @param {number} rows
 * optimizers @param {number} weights  Infinity where that is not known @returns {Named}
 */
export function fittingPlane(catalog, choice, rows, weights) {
  const entry = find(catalog.planes, choice.name);
  const kept = entry.params.filter((param) => isUsable(param, choice[param.id], limitOf(entry, param.id, rows, weights)));
  return { ...newPlane(catalog, choice.name), ...Object.fromEntries(kept.map(({ id }) => [id, choice[id]])) };
}

/** @param {import('../core/types.js').Param} param @param {any} value @param {number} limit that it must stay below */
function isUsable(param, value, limit) {
  if (value === null) return param.optional;
  return Number.isInteger(value) && value >= (param.low ?? -Infinity) && value <= (param.high ?? Infinity) && value < limit;
}

/** What the value of a param must stay below. @param {PlaneEntry} entry @param {string} id @param {number} rows @param {number} weights */
export function limitOf(entry, id, rows, weights) {
  if (entry.rows.includes(id)) return rows;
  return entry.weights.includes(id) ? weights : Infinity;
}
