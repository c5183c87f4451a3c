// @ts-check
/** What somebody pasted or an address names: an experiment by its long address, or by the id that it is saved under. */
import { reveal } from './addresstext.js';
import { say } from '../core/words.js';

/**
 * address: the query of a long address, without its question mark. id: in small letters.
 * @typedef {{kind: 'address', query: string} | {kind: 'id', id: string}} Source
 */

const ID = /^[2-9a-hjkmnp-z]{8,51}$/i;
/** What stands behind the question mark of an address: a field first, whatever it is called; perhaps encoded once more. */
const QUERY = /^[^\s?#]*?(=|%3d)/i;
/** How such an address begins where we wrote it, which can be taken for nothing else. */
const USUAL_QUERY = /^[a-z]\w*=/i;
/** An address without its scheme, as some browsers copy it. */
const HOST = /^[\w.-]+(:\d+)?\/[^=]*(\?|$)/;
const SAVED = /^\/(?:e|embed)\/([^/]*)\/?$/;
const MEANT = say('source.meant');

/** A text that is a reason, not a source. */
export class NoSource extends Error {}

/**
 * The experiment that `text` names: a whole address, the part of it behind the host or behind the question mark, or an
 * id. Throws NoSource with a sentence for the reader. @param {string} text @param {string} [root]  the path before every
 * address of the server @returns {Source}
 */
export function readSource(text, root = '') {
  const said = plainAddress(text.trim());
  if (!said) throw new NoSource(MEANT);
  if (ID.test(said)) return { kind: 'id', id: said.toLowerCase() };
  const { pathname: whole, search } = addressOf(said);
  const pathname = whole === root || whole.startsWith(`${root}/`) ? whole.slice(root.length) || '/' : whole;
  const saved = SAVED.exec(pathname);
  if (saved) return savedSource(saved[1]);
  if (pathname === '/compare') throw new NoSource(say('source.comparison'));
  if (pathname !== '/') throw new NoSource(say('source.other-page', { meant: MEANT }));
  if (!search) throw new NoSource(say('source.playground'));
  return { kind: 'address', query: search.slice(1) };
}

/** @param {string} id @returns {Source} */
function savedSource(id) {
  if (!ID.test(id)) throw new NoSource(say('source.no-id', { id: shorten(id) }));
  return { kind: 'id', id: id.toLowerCase() };
}

/** An address as it was before it was encoded as a whole. @param {string} said */
function plainAddress(said) {
  return /^https?%(25)*3a/i.test(said) ? reveal(said, ':') : said;
}

/** @param {string} said @returns {URL} */
function addressOf(said) {
  const base = 'http://here';
  try {
    if (/^https?:\/\//i.test(said)) return new URL(said);
    if (/^[/?]/.test(said)) return new URL(said.replace(/^\/+/, '/'), base);
    if (HOST.test(said)) return new URL(`http://${said}`);
    if (QUERY.test(said)) return new URL(`/?${said}`, base);
  } catch {
    // Not an address: told below.
  }
  throw new NoSource(say('source.unknown', { text: shorten(said), meant: MEANT }));
}

/** @param {string} text */
function shorten(text) {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

/** As it stands in an address of a comparison: `readSource` gives it back. @param {Source} source */
export function writeSource(source) {
  if (source.kind === 'id') return source.id;
  return USUAL_QUERY.test(source.query) ? source.query : `?${source.query}`;
}

/** The address of the page that compares two experiments; null: not chosen yet. @param {Source|null} left @param {Source|null} right @param {Record<string, string>} [words]  how they are looked at */
export function compareAddress(left, right, words = {}) {
  const query = new URLSearchParams();
  if (left) query.set('left', writeSource(left));
  if (right) query.set('right', writeSource(right));
  for (const [name, word] of Object.entries(words)) query.set(name, word);
  return `/compare?${query}`;
}
