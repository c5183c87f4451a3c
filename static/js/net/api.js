// @ts-check
/** The HTTP calls of the page. */
import { rooted } from '../core/root.js';
import { LANGUAGE } from '../core/words.js';

/** @typedef {import('../core/types.js').Catalog} Catalog */
/** @typedef {import('../core/types.js').Field} Field */
/** @typedef {import('../core/types.js').Range} Range */
/** @typedef {import('../core/types.js').Thumbnail} Thumbnail */
/** @typedef {import('../core/types.js').Experiment} Experiment */
/** @typedef {import('../core/types.js').Named} Named */
/** @typedef {import('../core/types.js').SnapshotPart} SnapshotPart */

/** @param {string} path @param {RequestInit} [options] */
async function call(path, options = {}) {
  const headers = { ...options.headers, 'accept-language': LANGUAGE };
  const response = await fetch(rooted(path), { ...options, headers });
  const body = await response.json();
  if (!response.ok) throw new Error(body.detail ?? response.statusText);
  return body;
}

/** @param {string} path @param {object} body @param {AbortSignal} signal */
function post(path, body, signal) {
  const headers = { 'content-type': 'application/json' };
  return call(path, { method: 'POST', headers, body: JSON.stringify(body), signal });
}

/** @returns {Promise<Catalog>} */
export function fetchCatalog() {
  return call('/api/catalog');
}

/** What is saved under an id. @param {string} id @returns {Promise<{id: string, experiment: Experiment, view: Record<string, any>, title: string}>} */
export function fetchSaved(id) {
  return call(`/api/experiments/${id}`);
}

/** @returns {Promise<Record<string, Thumbnail>>} */
export async function fetchThumbnails() {
  const thumbnails = await call('/api/thumbnails');
  for (const picture of Object.values(thumbnails)) picture.levels = Uint8Array.from(picture.levels);
  return thumbnails;
}

/**
 * The loss of a surface on a grid. @param {object} objective @param {Range} range @param {number} resolution @param {AbortSignal} signal
 * @returns {Promise<Field>}
 */
export function fetchField(objective, range, resolution, signal) {
  return post('/api/field', { objective, window: [range.x, range.y], resolution }, signal);
}

/**
 * The plane through weight space with the paths on it, once the whole run is computed. @param {Experiment} experiment
 * @param {Named|null} plane  null: as the server thinks best @param {AbortSignal} signal
 * @returns {Promise<import('../core/types.js').Plane>}
 */
export function fetchPlane(experiment, plane, signal) {
  return post('/api/plane', { experiment, ...(plane && { plane }) }, signal);
}

/**
 * The loss on a grid over a plane. @param {Experiment} experiment @param {Named|null} plane @param {Range} range
 * @param {number} resolution @param {AbortSignal} signal @returns {Promise<import('../core/types.js').PlaneField>}
 */
export function fetchPlaneField(experiment, plane, range, resolution, signal) {
  const window = [range.x, range.y];
  return post('/api/field', { experiment, ...(plane && { plane }), window, resolution }, signal);
}

/**
 * What the models are at a step. @param {Experiment} experiment @param {number} step @param {SnapshotPart[]} parts
 * @param {number} resolution  samples a side of the grid @param {AbortSignal} signal
 * @returns {Promise<import('../core/types.js').Snapshot>}
 */
export function fetchSnapshot(experiment, step, parts, resolution, signal) {
  return post('/api/snapshot', { experiment, step, parts, resolution }, signal);
}

/**
 * What a model learns from. @param {import('../core/types.js').ModelObjective} objective @param {AbortSignal} signal
 * @returns {Promise<import('../core/types.js').ModelData>}
 */
export function fetchData(objective, signal) {
  return post('/api/data', { objective }, signal);
}
