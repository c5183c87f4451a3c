// @ts-check
/** Opens what is valid of a damaged document: takes out just what the server refused. */

/** @typedef {import('../core/types.js').Problem} Problem */

/**
 * `document` without the parts that `errors` name; what cannot be left out comes from `fallback`.
 * @param {Record<string, any>} document @param {Problem[]} errors @param {Record<string, any>} fallback
 */
export function repair(document, errors, fallback) {
  const mended = structuredClone(document);
  // From the last place to the first, so that taking one optimizer out does not move those still to be mended.
  const paths = [...new Set(errors.map((error) => error.path))].sort(byPlace).reverse();
  for (const path of paths) mendPath(mended, path, fallback);
  if (!Array.isArray(mended.optimizers) || mended.optimizers.length === 0) mended.optimizers = fallback.optimizers;
  return mended;
}

/** @param {Record<string, any>} document @param {string} path @param {Record<string, any>} fallback */
function mendPath(document, path, fallback) {
  const keys = path.match(/[^.[\]]+/g) ?? [];
  if (keys[0] === 'optimizers' && (keys.length <= 2 || keys[2] === 'name')) {
    if (keys.length === 1) document.optimizers = document.optimizers?.slice?.(0, 64) ?? [];
    else document.optimizers.splice(Number(keys[1]), 1);
  } else if (keys[0] === 'objective' && keys[1] !== 'params') {
    document.objective = fallback.objective;
    delete document.start;
  } else if (keys[0] === 'start') delete document.start;
  else removeAt(document, keys);
}

/** Deletes the field at `keys`; a part of a list takes the whole list with it. @param {any} document @param {string[]} keys */
function removeAt(document, keys) {
  const whole = keys.findIndex((key, index) => index > 1 && /^\d+$/.test(key));
  const path = whole < 0 ? keys : keys.slice(0, whole);
  const owner = path.slice(0, -1).reduce((node, key) => node?.[key], document);
  if (owner && typeof owner === 'object') delete owner[path[path.length - 1]];
}

/** @param {string} one @param {string} other */
function byPlace(one, other) {
  return one.localeCompare(other, 'en', { numeric: true });
}
