// @ts-check
/** The address of a comparison: what stands on which side, and the way back to what stood there before. */
import { compareAddress, NoSource, readSource } from '../state/source.js';

/** @typedef {import('../state/source.js').Source} Source */
/** faults: texts of the address that name no experiment. @typedef {{sources: (Source|null)[], texts: string[], faults: string[], tab: string}} Place */

/** While something is dragged the address follows this often, in ms: browsers refuse more than about 100 in 10 s. */
const PAUSE = 250;

/** What the address bar asks for. @returns {Place} */
export function readPlace() {
  const query = new URLSearchParams(location.search);
  const texts = ['left', 'right'].map((name) => query.get(name) ?? '');
  const faults = ['', ''];
  const sources = texts.map((text, index) => {
    try {
      return text ? readSource(text) : null;
    } catch (error) {
      if (!(error instanceof NoSource)) throw error;
      faults[index] = error.message;
      return null;
    }
  });
  return { sources, texts, faults, tab: query.get('view') ?? '' };
}

/** Writes the address: a new place to come back from, or over the present one. */
export class PlaceWriter {
  constructor() {
    /** @type {number|undefined} */
    this.timer = undefined;
    this.dragging = false;
  }

  /** @param {(Source|null)[]} sources @param {string} tab @param {{live: boolean, replace?: boolean}} how */
  write([left, right], tab, { live, replace = false }) {
    const address = compareAddress(left, right, tab);
    clearTimeout(this.timer);
    const fresh = !replace && !this.dragging;
    this.dragging = live;
    if (address === location.pathname + location.search) return;
    if (fresh) history.pushState(null, '', address);
    else if (live) this.timer = setTimeout(() => history.replaceState(null, '', address), PAUSE);
    else history.replaceState(null, '', address);
  }
}
