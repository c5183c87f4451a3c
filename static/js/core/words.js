// @ts-check
/** Sentences by key, in the language of the page. Pure. */
import texts from '../words/en.js';
import { formatCount, formatNumber } from './format.js';

/** @typedef {keyof typeof texts} Key */

const TEXTS = /** @type {Record<string, string|Record<string, string>>} */ (texts);
/** The language of the page. */
export const LANGUAGE = globalThis.document?.documentElement.lang || 'en';
const plurals = new Intl.PluralRules(LANGUAGE);

/** @param {number} value */
function formatted(value) {
  return Number.isInteger(value) ? formatCount(value) : formatNumber(value);
}

/**
 * The text of `forms` with the values that it names in braces; `n` decides between its plurals, where it has some.
 * Throws where it names a value that is not given.
 * @param {string|Record<string, string>} forms @param {Record<string, string|number>} values
 */
export function fill(forms, values) {
  return parts(forms, values).join('');
}

/**
 * The same in parts, of which each value is one. @template T
 * @param {string|Record<string, string>} forms @param {Record<string, string|number|T>} values @returns {(string|T)[]}
 */
function parts(forms, values) {
  const text = typeof forms === 'string' ? forms : forms[plurals.select(Number(values.n))];
  return text.split(/\{(\w+)\}/).map((part, place) => {
    if (place % 2 === 0) return part;
    if (!Object.hasOwn(values, part)) throw new Error(`"${text}" names ${part}`);
    const value = values[part];
    return typeof value === 'number' ? formatted(value) : value;
  });
}

/** @param {Key} key */
function formsOf(key) {
  if (!Object.hasOwn(TEXTS, key)) throw new Error(`no text for ${key}`);
  return TEXTS[key];
}

/**
 * What the page says by this key. Throws where there is no such key, or its text names a value that is not given.
 * @param {Key} key @param {Record<string, string|number>} [values]
 */
export function say(key, values = {}) {
  return fill(formsOf(key), values);
}

/**
 * The same as what an element holds, for a sentence with elements within: each value that is no number is there as it is.
 * @template T @param {Key} key @param {Record<string, string|number|T>} values @returns {(string|T)[]}
 */
export function sayNodes(key, values) {
  return parts(formsOf(key), values).filter((part) => part !== '');
}

/** Names, or whatever else is counted up, as a sentence does: "a, b and c". @param {string[]} names */
export function sayList(names) {
  if (names.length < 2) return names.join();
  return say('lists.and', { others: names.slice(0, -1).join(', '), last: names[names.length - 1] });
}
