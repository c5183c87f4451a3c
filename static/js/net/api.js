// @ts-check
/** The HTTP calls of the page. */

/** @typedef {import('../core/types.js').Catalog} Catalog */
/** @typedef {import('../core/types.js').Field} Field */
/** @typedef {import('../core/types.js').Range} Range */
/** @typedef {import('../core/types.js').Thumbnail} Thumbnail */

/** @param {string} path @param {RequestInit} [options] */
async function call(path, options) {
  const response = await fetch(path, options);
  const body = await response.json();
  if (!response.ok) throw new Error(body.detail ?? response.statusText);
  return body;
}

/** @returns {Promise<Catalog>} */
export function fetchCatalog() {
  return call('/api/catalog');
}

/** @returns {Promise<Record<string, Thumbnail>>} */
export async function fetchThumbnails() {
  const thumbnails = await call('/api/thumbnails');
  for (const picture of Object.values(thumbnails)) picture.levels = Uint8Array.from(picture.levels);
  return thumbnails;
}

/**
 * The loss on a grid. @param {object} objective @param {Range} range @param {number} resolution @param {AbortSignal} signal
 * @returns {Promise<Field>}
 */
export function fetchField(objective, range, resolution, signal) {
  return call('/api/field', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ objective, window: [range.x, range.y], resolution }),
    signal,
  });
}
