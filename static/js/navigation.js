// @ts-check
/** The address bar: it always holds the whole experiment, and back and forward walk through its changes. */
import { readAddress } from './state/readaddress.js';
import { writeAddress } from './state/writeaddress.js';

/** @typedef {import('./core/types.js').Catalog} Catalog */
/** @typedef {import('./core/types.js').Experiment} Experiment */
/** @typedef {import('./core/types.js').View} View */

/** While something is dragged the address follows this often, in ms: browsers refuse more than about 100 in 10 s. */
const PAUSE = 250;

export class Navigation {
  /** @param {Catalog} catalog @param {() => void} onTravel  the user went back or forward */
  constructor(catalog, onTravel) {
    this.catalog = catalog;
    /** @type {number|undefined} */
    this.timer = undefined;
    /** @type {(() => void)|null} */
    this.pending = null;
    this.dragging = false;
    addEventListener('popstate', onTravel);
  }

  read() {
    return readAddress(location.search, this.catalog);
  }

  /**
   * The experiment was changed by the user: a new place to come back from. While something is dragged the place stays
   * the same, however often it is written. @param {Experiment} experiment @param {View} view @param {boolean} live
   */
  move(experiment, view, live) {
    if (!this.dragging) {
      this.flush();
      const query = writeAddress(experiment, view, this.catalog);
      if (query !== location.search) history.pushState(null, '', query);
    } else this.replace(experiment, view);
    if (!live) this.flush();
    this.dragging = live;
  }

  /** Writes over the present place, soon. @param {Experiment} experiment @param {View} view */
  replace(experiment, view) {
    this.pending = () => {
      const query = writeAddress(experiment, view, this.catalog);
      if (query !== location.search) history.replaceState(null, '', query);
    };
    this.timer ??= setTimeout(() => this.flush(), PAUSE);
  }

  /** Writes at once what is still to be written. */
  flush() {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.pending?.();
    this.pending = null;
  }
}
