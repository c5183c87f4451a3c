// @ts-check
/** Opens what is valid of a damaged document: takes out just what the server refused. */

/** @typedef {import('../core/types.js').Problem} Problem */

/** Parts of a model's objective that have a name: without a known one there is nothing to keep. */
const NAMED = ['model', 'dataset'];
/** As many optimizers as a document may have. */
const MOST = 64;

/**
 * `draft` without the parts that `errors` name, for others to complete.
 * @param {Record<string, any>} draft @param {Problem[]} errors
 */
export function repair(draft, errors) {
  const mended = structuredClone(draft);
  // From the last place to the first, so that taking one optimizer out does not move those still to be mended.
  const paths = [...new Set(errors.map((error) => error.path))].sort(byPlace).reverse();
  for (const path of paths) mendPath(mended, path.match(/[^.[\]]+/g) ?? []);
  if (!Array.isArray(mended.optimizers) || mended.optimizers.length === 0) delete mended.optimizers;
  return mended;
}

/** What a reader is told of it. @param {Problem[]} problems */
export function tellUnusable(problems) {
  // The full list of what is known would fill the page: the nearest name is enough here.
  const lines = problems.map(({ path, message }) => `${path}: ${message.split(' Known')[0]}`);
  return ['Part of this link could not be used, the rest is open.', ...lines].join('\n');
}

/** @param {Record<string, any>} draft @param {string[]} keys */
function mendPath(draft, keys) {
  if (keys[0] === 'optimizers' && (keys.length <= 2 || keys[2] === 'name')) {
    if (keys.length === 1) draft.optimizers = draft.optimizers?.slice?.(0, fewer(draft.optimizers.length)) ?? [];
    else draft.optimizers.splice(Number(keys[1]), 1);
  } else if (keys[0] === 'objective') mendObjective(draft, keys);
  else removeAt(draft, keys.slice(0, keys[0] === 'start' ? 1 : undefined));
}

/** How many of so many optimizers to keep, where all together are refused: as many as may be, or a few of those that cost too much. @param {number} count */
function fewer(count) {
  return count > MOST ? MOST : Math.floor(count / 4);
}

/** @param {Record<string, any>} draft @param {string[]} keys */
function mendObjective(draft, keys) {
  const whole = draft.objective?.kind === 'model' ? [undefined, 'kind'].includes(keys[1]) : keys[1] !== 'params';
  if (whole) {
    delete draft.objective;
    delete draft.start;
  } else if (NAMED.includes(keys[1]) && [undefined, 'name'].includes(keys[2])) delete draft.objective[keys[1]];
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
