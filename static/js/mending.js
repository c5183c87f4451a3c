// @ts-check
/** From the document of a link to one that the server takes: whatever it refuses is taken out, as long as that helps. */
import { completeDraft } from './catalog.js';
import { say } from './core/words.js';
import { repair, tellUnusable } from './state/repair.js';

/** @typedef {import('./core/types.js').Catalog} Catalog */
/** @typedef {import('./core/types.js').Problem} Problem */

/** The server tells of a hundred faults at a time: a link with more than this times as many is none of ours. */
const MOST_PASSES = 12;
/** Bytes of a message that are not the document. */
const AROUND = 200;

export class Mending {
  /**
   * @param {Catalog} catalog @param {Problem[]} problems  that are known before the server is asked
   * @param {{repairs?: boolean, fallback?: object|null}} [how]  repairs: whether parts may be taken out at all; fallback:
   * what to ask for where nothing of the link can be used
   */
  constructor(catalog, problems, { repairs = true, fallback = null } = {}) {
    this.catalog = catalog;
    this.repairs = repairs;
    this.fallback = fallback;
    /** What of the link could not be used. */
    this.problems = [...problems];
    /** The documents that the server was asked for: none is tried twice. @type {Set<string>} */
    this.tried = new Set();
    this.gaveUp = false;
  }

  /** Whether anything of the document was changed. */
  get changed() {
    return this.tried.size > 1;
  }

  /** The document to ask for first; null where it is longer than the server reads, and there is no fallback. @param {any} document */
  begin(document) {
    const { length } = new TextEncoder().encode(JSON.stringify(document));
    const most = this.catalog.limits.message_bytes - AROUND;
    if (length <= most) return this.first(document);
    this.problems.push({ path: 'address', at: [], message: say('links.too-long', { length: String(length), most: String(most) }) });
    return this.giveUp();
  }

  /** The document to ask for after `document` was refused; null where nothing more can be taken out. @param {any} document @param {Problem[]} errors */
  next(document, errors) {
    if (!this.repairs) return null;
    this.problems.push(...errors);
    const mended = this.tried.size < MOST_PASSES ? completeDraft(repair(document, errors, this.catalog.limits.optimizers), this.catalog) : null;
    return (mended && this.first(mended)) ?? this.giveUp();
  }

  /** The fallback, null where there is none or it was refused itself. */
  giveUp() {
    this.gaveUp = this.fallback !== null;
    return this.fallback && this.first(this.fallback);
  }

  /** What the reader is told once a document was taken; empty where all of the link was. */
  tell() {
    return this.problems.length ? tellUnusable(this.problems, this.gaveUp) : '';
  }

  /** `document`, or null where it was tried before. @param {any} document */
  first(document) {
    const text = JSON.stringify(Object.entries(document).toSorted(([one], [other]) => (one < other ? -1 : 1)));
    if (this.tried.has(text)) return null;
    this.tried.add(text);
    return document;
  }
}
