// @ts-check
/** One half of the page: head, stage and curves of a side, or the line that asks for one. */
import { createPicker } from '../controls/elements/picker.js';
import { all, byId, setHidden } from '../core/dom.js';
import { rooted } from '../core/root.js';
import { say } from '../core/words.js';
import { inLanguage } from '../state/language.js';
import { writeAddress } from '../state/writeaddress.js';
import { createHead, titleOf } from './head.js';
import { Side } from './side.js';

/** @typedef {import('../state/source.js').Source} Source */
/** @typedef {import('../core/types.js').Style} Style */

/**
 * @typedef {Object} ColumnHandlers
 * @property {() => void} onExperiment
 * @property {(live: boolean) => void} onChange  by the hand of the user; live: while something is dragged
 * @property {() => void} onRace
 * @property {(column: Column, text: string) => Promise<string>} onPick  resolves with what is wrong
 * @property {(text: string) => void} onProblem
 */

/** What either half and its parts are called. */
const NAMES = /** @type {const} */ ({
  left: { whole: 'compare.left', stage: 'compare.left.stage', curves: 'compare.left.curves', wanted: 'compare.left.wanted' },
  right: { whole: 'compare.right', stage: 'compare.right.stage', curves: 'compare.right.curves', wanted: 'compare.right.wanted' },
});

export class Column {
  /**
   * @param {'left'|'right'} name @param {import('../show/show.js').Page} page
   * @param {import('../show/playback.js').Playback} playback @param {ColumnHandlers} handlers
   */
  constructor(name, page, playback, handlers) {
    this.catalog = page.catalog;
    this.el = byId(document, name);
    const [head, stage, room, curves] = ['head', 'stage', 'place', 'curves'].map((part) => all(this.el, `.side-${part}`)[0]);
    this.parts = { stage, curves };
    this.room = room;
    const pick = (/** @type {string} */ text) => handlers.onPick(this, text);
    this.head = createHead(head, name, pick);
    this.picker = createPicker('', say('compare.show'), async (text) => {
      const wrong = await pick(text);
      // The line that had the focus is gone.
      if (!wrong) this.head.focus();
      return wrong;
    });
    room.append(this.picker.el);
    this.side = new Side({ stage, curves }, page, playback, handlers);
    this.place(name);
    this.tell();
  }

  /** Where this half stands from now on. @param {'left'|'right'} name */
  place(name) {
    this.el.id = name;
    this.el.className = `side side-${name}`;
    this.el.setAttribute('aria-label', say(NAMES[name].whole));
    for (const part of /** @type {const} */ (['stage', 'curves'])) {
      const el = this.parts[part];
      el.id = `${name}-${part}`;
      el.setAttribute('aria-label', say(NAMES[name][part]));
    }
    this.head.place(name);
    this.picker.name(say(NAMES[name].wanted));
  }

  /** What an address asks for. Where that fails, the text stays for the reader to mend. @param {Source|null} source @param {string} text @param {string} fault @returns {Promise<string>} */
  async begin(source, text, fault) {
    this.picker.entry.value = text;
    if (!source) this.side.clear();
    this.tell();
    const wrong = source ? await this.side.open(source) : fault;
    this.picker.tell(this.side.experiment ? '' : wrong);
    this.tell();
    return wrong;
  }

  /** Says which state this half is in. */
  tell() {
    const { experiment, opening } = this.side;
    this.el.dataset.state = experiment ? 'shown' : opening ? 'opening' : 'empty';
    setHidden(this.room, experiment !== null || opening);
  }

  /** @param {Style[]} styles */
  show(styles) {
    this.tell();
    const { experiment, view, title, source } = this.side;
    if (!experiment) return;
    const address = rooted(source?.kind === 'id' ? `/e/${source.id}` : `/${writeAddress(experiment, view, this.catalog)}`);
    this.head.setExperiment(title || titleOf(experiment, this.catalog), experiment, inLanguage(address, location.search));
    this.head.setRacers(experiment, styles);
    this.side.show.setStyles(styles);
  }

  /** @param {number} step */
  setStep(step) {
    this.side.show.setStep(step);
    if (this.side.race) this.head.setStep(this.side.race, step);
  }
}
