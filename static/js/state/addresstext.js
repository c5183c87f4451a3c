// @ts-check
/** How values are written in an address, and read again. */

const NUMBER = /^-?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
const WORDS = new Map([['true', true], ['false', false], ['null', null]]);

/** A list has commas between its parts, and one behind the last where it has fewer than two. @param {unknown} value @returns {string} */
export function writeValue(value) {
  if (!Array.isArray(value)) return encode(String(value));
  return value.map(writeValue).join(',') + (value.length < 2 ? ',' : '');
}

/** A list, a number, true, false, null, or else the text itself. @param {string} text @returns {unknown} */
export function readValue(text) {
  if (text === ',') return [];
  if (text.includes(',')) return text.replace(/,$/, '').split(',').map(readValue);
  const word = decode(text);
  if (WORDS.has(word)) return WORDS.get(word);
  return NUMBER.test(word) && Number.isFinite(Number(word)) ? Number(word) : word;
}

/** Escapes what has a meaning here, and no more. @param {string} text */
export function encode(text) {
  return encodeURIComponent(text).replaceAll('%20', '+');
}

/** @param {string} text */
export function decode(text) {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text; // A cut escape such as %E2%: shown as it came.
  }
}

/** @param {string} pair @returns {[string, string]} */
export function splitPair(pair) {
  const at = pair.indexOf('=');
  return at < 0 ? [decode(pair), ''] : [decode(pair.slice(0, at)), pair.slice(at + 1)];
}
