// @ts-check
/** Sentences by key, in the language of the page. Pure. */
import texts from '../words/en.js';
import { formatCount, formatNumber } from './format.js';

/** @typedef {keyof typeof texts} Key */

const TEXTS = /** @type {Record<string, string|Record<string, string>>} */ (texts);
/** The language of the page. */
export const LANGUAGE = globalThis.document?.documentElement.lang || 'en';
const plurals = new Intl.PluralRules(LANGUAGE);

/** @param {string|number} value */
function word(value) {
  if (typeof value === 'string') return value;
  return Number.isInteger(value) ? formatCount(value) : formatNumber(value);
}

/**
 * The text of `forms` with the values that it names in braces; `n` decides between its plurals, where it has some.
 * Throws where it names a value that is not given.
 * @param {string|Record<string, string>} forms @param {Record<string, string|number>} values
 */
export function fill(forms, values) {
  const text = typeof forms === 'string' ? forms : forms[plurals.select(Number(values.n))];
  return text.replace(/\{(\w+)\}/g, (_, name) => {
    if (!Object.hasOwn(values, name)) throw new Error(`"${text}" names ${name}`);
    return word(values[name]);
  });
}

/**
 * What the page says by this key. Throws where there is no such key, or its text names a value that is not given.
 * @param {Key} key @param {Record<string, string|number>} [values]
 */
export function say(key, values = {}) {
  if (!Object.hasOwn(TEXTS, key)) throw new Error(`no text for ${key}`);
  return fill(TEXTS[key], values);
}
