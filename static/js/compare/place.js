// @ts-check
/** The address of a comparison: what stands on which side and how it is looked at, and the way back to what stood there before. */
import { ROOT, rooted } from '../core/root.js';
import { plainQuery } from '../state/addresstext.js';
import { inLanguage } from '../state/language.js';
import { compareAddress, NoSource, readSource } from '../state/source.js';
import { readView } from '../state/viewdocument.js';

/** @typedef {import('../state/source.js').Source} Source */
/** @typedef {import('../core/types.js').View} View */
/**
 * faults: texts of the address that name no experiment. silent: it says that the player does not rest at any step, whatever
 * the links say.
 * @typedef {{sources: (Source|null)[], texts: string[], faults: string[], view: Partial<View>, silent: boolean}} Place
 */

/** While something is dragged the address follows this often, in ms: browsers refuse more than about 100 in 10 s. */
const PAUSE = 250;

/** What the address bar asks for. @param {import('../core/types.js').Catalog} catalog @returns {Place} */
export function readPlace(catalog) {
  const query = new URLSearchParams(plainQuery(location.search));
  const texts = ['left', 'right'].map((name) => query.get(name) ?? '');
  const faults = ['', ''];
  const sources = texts.map((text, index) => {
    try {
      return text ? readSource(text, ROOT) : null;
    } catch (error) {
      if (!(error instanceof NoSource)) throw error;
      faults[index] = error.message;
      return null;
    }
  });
  const [tab, curve, log] = ['view', 'curve', 'log'].map((name) => query.get(name));
  const [step, speed] = ['step', 'speed'].map((name) => (query.get(name) ? Number(query.get(name)) : NaN));
  return { sources, texts, faults, view: readView({ tab, curve, log, step, speed }, catalog), silent: query.get('step') === '' };
}

/** Writes the address: a new place to come back from, or over the present one. */
export class PlaceWriter {
  constructor() {
    /** @type {number|undefined} */
    this.timer = undefined;
    this.dragging = false;
  }

  /** @param {(Source|null)[]} sources @param {Record<string, string>} words @param {{live: boolean, replace?: boolean}} how */
  write([left, right], words, { live, replace = false }) {
    const address = inLanguage(rooted(compareAddress(left, right, words)), location.search);
    clearTimeout(this.timer);
    const fresh = !replace && !this.dragging;
    this.dragging = live;
    if (address === location.pathname + location.search) return;
    if (fresh) history.pushState(null, '', address);
    else if (live) this.timer = setTimeout(() => history.replaceState(null, '', address), PAUSE);
    else history.replaceState(null, '', address);
  }
}
