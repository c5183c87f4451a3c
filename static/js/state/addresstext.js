// @ts-check
/**
 * How values are written in an address, and read again: also where a chat, a mail program or a form has encoded the
 * address once more on its way, as `o=sgd%3Blr%3D0.05`, `start=2%2C3` or with `&amp;` between the fields.
 */

const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
const WORDS = new Map([['true', true], ['false', false], ['null', null]]);
const ESCAPE = /%[0-9a-f]{2}/i;

/** A list has commas between its parts, and one behind the last where it has fewer than two. @param {unknown} value @returns {string} */
export function writeValue(value) {
  if (!Array.isArray(value)) return encode(String(value));
  return value.map(writeValue).join(',') + (value.length < 2 ? ',' : '');
}

/** A list, a number, true, false, null, or else the text itself. @param {string} text @returns {unknown} */
export function readValue(text) {
  return readPlain(settle(text));
}

/** A number, or NaN. @param {string} text */
export function readNumber(text) {
  // The plus of 1e+21 stands for a space where it was not escaped.
  const word = text.trim().replace(/e (?=\d)/i, 'e+');
  return NUMBER.test(word) ? Number(word) : NaN;
}

/** @param {string} text @returns {unknown} */
function readPlain(text) {
  if (text === ',') return [];
  if (text.includes(',')) return text.replace(/,$/, '').split(',').map(readPlain);
  const word = text.trim();
  if (WORDS.has(word)) return WORDS.get(word);
  const number = readNumber(word);
  return Number.isFinite(number) ? number : word;
}

/** Escapes what has a meaning here, and no more. @param {string} text */
export function encode(text) {
  return encodeURIComponent(text).replaceAll('%20', '+');
}

/** Text of a person, which may hold anything. @param {string} text */
export function decode(text) {
  return unescape(text.replaceAll('+', ' '));
}

/** What can hold no escape of its own, decoded as often as it was encoded. @param {string} text */
export function settle(text) {
  return peel(decode(text), (now) => !ESCAPE.test(now));
}

/** The fields of an address in their order, each with its text as it stands there. @param {string} query @returns {[string, string][]} */
export function splitQuery(query) {
  return plainQuery(query).split('&').filter(Boolean).map(splitPair);
}

/** A query as it was before it was encoded as a whole or written as HTML. @param {string} query */
export function plainQuery(query) {
  return reveal(query.replace(/^\?/, ''), '=').replace(/&(amp;)+/g, '&');
}

/** @param {string} pair @returns {[string, string]} */
export function splitPair(pair) {
  const plain = reveal(pair, '=');
  const at = plain.indexOf('=');
  return at < 0 ? [decode(plain), ''] : [decode(plain.slice(0, at)), plain.slice(at + 1)];
}

/** `text` with a `sign` that it cannot do without: one that has it only in escapes was encoded as a whole. @param {string} text @param {string} sign */
export function reveal(text, sign) {
  const escaped = new RegExp(`%(25)*${encodeURIComponent(sign).slice(1)}`, 'i');
  return peel(text, (now) => now.includes(sign) || !escaped.test(now));
}

/** Decodes until `done`, or until nothing changes. @param {string} text @param {(now: string) => boolean} done */
function peel(text, done) {
  let now = text;
  while (!done(now)) {
    const next = unescape(now);
    if (next === now) return now;
    now = next;
  }
  return now;
}

/** @param {string} text */
function unescape(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // A cut escape such as %E2%: shown as it came.
  }
}
