// @ts-check
/**
 * The address bar: it holds the whole experiment, and back and forward walk through its changes. A saved experiment keeps
 * its short address until something is changed; a page in another page has a link to follow instead of an address.
 */
import { rooted } from './core/root.js';
import { say } from './core/words.js';
import { embedded, openLink } from './embed.js';
import { inLanguage, withoutLanguage } from './state/language.js';
import { readAddress } from './state/readaddress.js';
import { readView } from './state/viewdocument.js';
import { writeAddress } from './state/writeaddress.js';

/** @typedef {import('./core/types.js').Catalog} Catalog */
/** @typedef {import('./core/types.js').Experiment} Experiment */
/** @typedef {import('./core/types.js').View} View */
/** @typedef {{id: string, experiment: Experiment, view: Record<string, any>, title: string}} Saved */

/** While something is dragged the address follows this often, in ms: browsers refuse more than about 100 in 10 s. */
const PAUSE = 250;

/** What the server has put into the page. @returns {Saved|null} */
function readSaved() {
  const text = document.getElementById('saved')?.textContent;
  return text ? JSON.parse(text) : null;
}

export class Navigation {
  /** @param {Catalog} catalog @param {() => void} onTravel  the user went back or forward */
  constructor(catalog, onTravel) {
    this.catalog = catalog;
    this.saved = readSaved();
    this.savedPath = location.pathname;
    this.savedTitle = document.title;
    /** What the address of the saved experiment would be, had it none of its own. @type {string|null} */
    this.savedQuery = null;
    /** @type {number|undefined} */
    this.timer = undefined;
    /** @type {(() => void)|null} */
    this.pending = null;
    this.dragging = false;
    addEventListener('popstate', () => {
      // What was still to be written belongs to the place that was left.
      this.drop();
      onTravel();
    });
  }

  /** Whether the address is that of the saved experiment. */
  get atSaved() {
    return this.saved !== null && location.pathname === this.savedPath;
  }

  /** @returns {ReturnType<typeof readAddress>} */
  read() {
    const said = readAddress(location.search, this.catalog);
    if (!this.saved || !this.atSaved) return said;
    document.title = this.savedTitle;
    const unread = Object.keys(said.draft ?? {}).map((key) => ({ path: key, at: [key], message: say('links.not-read') }));
    const view = { ...readView(this.saved.view, this.catalog), ...said.view };
    return { draft: this.saved.experiment, view, problems: [...said.problems, ...unread] };
  }

  /**
   * The experiment was changed by the user: a new place to come back from. While something is dragged the place stays
   * the same, however often it is written. @param {Experiment} experiment @param {View} view @param {boolean} live
   */
  move(experiment, view, live) {
    if (!this.dragging) {
      this.flush();
      this.put(writeAddress(experiment, view, this.catalog), 'pushState');
    } else this.replace(experiment, view);
    if (!live) this.flush();
    this.dragging = live;
  }

  /** Writes over the present place, soon. @param {Experiment} experiment @param {View} view */
  replace(experiment, view) {
    this.pending = () => this.put(writeAddress(experiment, view, this.catalog), 'replaceState');
    this.timer ??= setTimeout(() => this.flush(), PAUSE);
  }

  /** @param {string} query @param {'pushState'|'replaceState'} how */
  put(query, how) {
    if (this.atSaved) {
      this.savedQuery ??= query;
      if (query === this.savedQuery && !embedded) return;
    }
    const place = this.saved && embedded && query === this.savedQuery ? `/e/${this.saved.id}` : `/${query}`;
    const address = inLanguage(rooted(place), location.search);
    if (embedded) openLink(address);
    else if (address !== location.pathname + location.search) {
      history[how](null, '', address);
      document.title = say('brand.name');
    }
  }

  /**
   * The whole address of an experiment, for anybody: its short one where nothing has changed.
   * @param {Experiment} experiment @param {View} view
   */
  link(experiment, view) {
    const query = writeAddress(experiment, view, this.catalog);
    const short = this.atSaved && query === this.savedQuery;
    return location.origin + (short ? location.pathname + withoutLanguage(location.search) : rooted(`/${query}`));
  }

  /** Writes at once what is still to be written. */
  flush() {
    this.pending?.();
    this.drop();
  }

  /** Leaves unwritten what is still to be written. */
  drop() {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.pending = null;
  }
}
