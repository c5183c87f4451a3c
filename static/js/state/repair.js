// @ts-check
/** Opens what is valid of a damaged document: takes out just what the server refused. */

/** @typedef {import('../core/types.js').Problem} Problem */

/**
 * `draft` without the parts that `errors` name; what cannot be left out comes from `fallback`.
 * @param {Record<string, any>} draft @param {Problem[]} errors @param {Record<string, any>} fallback
 */
export function repair(draft, errors, fallback) {
  const mended = structuredClone(draft);
  // From the last place to the first, so that taking one optimizer out does not move those still to be mended.
  const paths = [...new Set(errors.map((error) => error.path))].sort(byPlace).reverse();
  for (const path of paths) mendPath(mended, path, fallback);
  if (!Array.isArray(mended.optimizers) || mended.optimizers.length === 0) mended.optimizers = fallback.optimizers;
  return mended;
}

/** @param {Record<string, any>} draft @param {string} path @param {Record<string, any>} fallback */
function mendPath(draft, path, fallback) {
  const keys = path.match(/[^.[\]]+/g) ?? [];
  if (keys[0] === 'optimizers' && (keys.length <= 2 || keys[2] === 'name')) {
    if (keys.length === 1) draft.optimizers = draft.optimizers?.slice?.(0, 64) ?? [];
    else draft.optimizers.splice(Number(keys[1]), 1);
  } else if (keys[0] === 'objective' && keys[1] !== 'params') {
    draft.objective = fallback.objective;
    delete draft.start;
  } else if (keys[0] === 'start') delete draft.start;
  else removeAt(draft, keys);
}

/** Deletes the field at `keys`; a part of a list takes the whole list with it. @param {any} draft @param {string[]} keys */
function removeAt(draft, keys) {
  const whole = keys.findIndex((key, index) => index > 1 && /^\d+$/.test(key));
  const path = whole < 0 ? keys : keys.slice(0, whole);
  const owner = path.slice(0, -1).reduce((node, key) => node?.[key], draft);
  if (owner && typeof owner === 'object') delete owner[path[path.length - 1]];
}

/** @param {string} one @param {string} other */
function byPlace(one, other) {
  return one.localeCompare(other, 'en', { numeric: true });
}
