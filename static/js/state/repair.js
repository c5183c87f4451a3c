// @ts-check
/** Opens what is valid of a damaged document: takes out just what the server refused. */
import { say } from '../core/words.js';

/** @typedef {import('../core/types.js').Problem} Problem */
/** @typedef {import('../core/types.js').Place} Place */

/** Parts of a model's objective that have a name: without a known one there is nothing to keep. */
const NAMED = ['model', 'dataset'];
/** As many lines of what could not be used as can be read while a notice stays. */
const MOST_TOLD = 8;

/**
 * `draft` without the parts that `errors` name, for others to complete.
 * @param {Record<string, any>} draft @param {Problem[]} errors @param {number} most  optimizers that it may have
 */
export function repair(draft, errors, most) {
  const mended = structuredClone(draft);
  if (!Array.isArray(mended.optimizers)) delete mended.optimizers;
  for (const { at } of errors) mendPlace(mended, at, most);
  // Those that were taken out kept their places until here, so that the others kept theirs.
  mended.optimizers = mended.optimizers?.filter((/** @type {unknown} */ one) => one !== null);
  if (!mended.optimizers?.length) delete mended.optimizers;
  return mended;
}

/** What a reader is told of it. @param {Problem[]} problems @param {boolean} [wholly]  nothing of the link was of use */
export function tellUnusable(problems, wholly = false) {
  // The full list of what is known would fill the page: the nearest name is enough here.
  const lines = [...new Set(problems.map(({ path, message }) => say('repair.problem', { path, problem: message.split(' Known')[0] })))];
  const more = lines.length - MOST_TOLD;
  const rest = more > 0 ? [say('repair.more', { n: more })] : [];
  const heading = say(wholly ? 'repair.nothing-used' : 'repair.part-unused');
  return [heading, ...lines.slice(0, MOST_TOLD), ...rest].join('\n');
}

/** @param {Record<string, any>} draft @param {Place} at @param {number} most */
function mendPlace(draft, at, most) {
  const [first, second] = at;
  // A race of the usual length that costs too much can only do with fewer optimizers.
  if (at.length === 1 && (first === 'optimizers' || (first === 'steps' && !('steps' in draft)))) {
    draft.optimizers = draft.optimizers?.slice(0, fewer(draft.optimizers.length, most));
  } else if (isWhole(at)) draft.optimizers?.splice(second, 1, null);
  else if (first === 'objective') mendObjective(draft, at);
  else removeAt(draft, at);
}

/** How many of so many optimizers to keep, where all together are refused: as many as may be, or a few of those that cost too much. @param {number} count @param {number} most */
function fewer(count, most) {
  return count > most ? most : Math.floor(count / 4);
}

/** @param {Record<string, any>} draft @param {Place} at */
function mendObjective(draft, at) {
  const [, part, field] = at;
  const essential = draft.objective?.kind === 'model' ? ['kind'] : ['kind', 'name', 'expression'];
  if (at.length === 1 || essential.includes(String(part))) {
    delete draft.objective;
    delete draft.start;
  } else if (NAMED.includes(String(part)) && (at.length === 2 || field === 'name')) delete draft.objective[part];
  else removeAt(draft, at);
}

/**
 * Deletes the field at `at`; a part of a list takes the whole list with it, and a schedule has nothing without its name.
 * @param {any} draft @param {Place} at
 */
function removeAt(draft, at) {
  const inner = at[0] === 'optimizers' ? 2 : 0;
  const end = at.findIndex((key, depth) => depth >= inner && (typeof key === 'number' || (depth === 3 && key === 'name')));
  const place = end < 0 ? at : at.slice(0, end);
  const owner = place.slice(0, -1).reduce((node, key) => node?.[key], draft);
  if (owner && typeof owner === 'object') delete owner[place[place.length - 1]];
}

/** Whether an optimizer is at fault as a whole: without a known name there is nothing to keep. @param {Place} at */
function isWhole(at) {
  return at[0] === 'optimizers' && (at.length === 2 || (at.length === 3 && at[2] === 'name'));
}
