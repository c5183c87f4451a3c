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

/** A choice with a value for each of its params. @param {Catalog} catalog @param {Named} choice @returns {Named} */
export function wholePlane(catalog, choice) {
  return { ...newPlane(catalog, choice.name), ...choice };
}

/**
 * A whole choice that this experiment allows: params that number an optimizer or a weight which is not there have their
 * default. @param {Catalog} catalog @param {Named|null} choice @param {number} rows  optimizers
 * @param {number} weights  Infinity where that is not known @returns {Named|null}
 */
export function fittingPlane(catalog, choice, rows, weights) {
  if (!choice) return null;
  const entry = find(catalog.planes, choice.name);
  const beyond = entry.params.filter(({ id }) => choice[id] >= limitOf(entry, id, rows, weights));
  return { ...wholePlane(catalog, choice), ...defaults(beyond) };
}

/** What the value of a param must stay below. @param {PlaneEntry} entry @param {string} id @param {number} rows @param {number} weights */
export function limitOf(entry, id, rows, weights) {
  if (entry.rows.includes(id)) return rows;
  return entry.weights.includes(id) ? weights : Infinity;
}
