// @ts-check
/** One of the two experiments: opened from what names it, and shown as its link asks under what both sides share. */
import { say } from '../core/words.js';
import { Mending } from '../mending.js';
import { Show } from '../show/show.js';
import { profileOf } from '../state/profiles.js';
import { fittingView, initialView, unsaidView } from '../state/view.js';
import { writeAddress } from '../state/writeaddress.js';
import { findExperiment } from './opening.js';

/** @typedef {import('../core/types.js').Experiment} Experiment */
/** @typedef {import('../core/types.js').View} View */
/** @typedef {import('../state/source.js').Source} Source */
/** @typedef {Pick<View, 'curve'|'log'> & {tab: string}} Shared */
/** @typedef {{source: Source, found: import('./opening.js').Found, done: (fault: string) => void}} Pending */

/**
 * @typedef {Object} SideHandlers
 * @property {() => void} onExperiment  another one is shown
 * @property {(live: boolean) => void} onChange  by the hand of the user; live: while something is dragged
 * @property {() => void} onRace  more of its race is on the screen
 * @property {(text: string) => void} onProblem
 */

export class Side {
  /**
   * @param {import('../show/show.js').Hosts} hosts @param {import('../show/show.js').Page} page
   * @param {import('../show/playback.js').Playback} playback  of both sides @param {SideHandlers} handlers
   */
  constructor(hosts, page, playback, handlers) {
    this.catalog = page.catalog;
    this.handlers = handlers;
    /** @type {Source|null} */ this.source = null;
    /** @type {Pending|null} */ this.pending = null;
    /** As its link asks. @type {View} */ this.view = initialView();
    /** What of that its link says. @type {Partial<View>} */ this.asked = {};
    this.title = '';
    /** How both sides are looked at; the tab is shown where the experiment has it, empty is the usual one. @type {Shared} */
    this.shared = { tab: '', curve: initialView().curve, log: initialView().log };
    this.opening = false;
    /** Whether nothing has come yet of the race of what was opened last. */
    this.awaiting = false;
    /** How often another experiment was asked for: the last one counts. */
    this.turns = 0;
    this.show = new Show(hosts, page, {
      onAccepted: (experiment, mending) => this.accept(experiment, mending),
      onRefused: (problem) => this.refuse(problem),
      onRace: () => {
        this.awaiting = false;
        handlers.onRace();
      },
      onStart: (x, y, phase) => this.change((one) => ({ ...one, start: [x, y] }), phase === 'move'),
      onProblem: handlers.onProblem,
    }, playback);
  }

  get experiment() {
    return this.show.experiment;
  }

  get race() {
    return this.show.race;
  }

  /**
   * Shows another experiment once the server has read it; until then, and where it cannot, everything stays.
   * @param {Source} source @returns {Promise<string>} why it could not be shown, or nothing
   */
  async open(source) {
    this.pending?.done('');
    this.pending = null;
    this.turns += 1;
    const turn = this.turns;
    this.opening = true;
    try {
      const found = await findExperiment(source, this.catalog);
      if (turn !== this.turns) return '';
      const mending = new Mending(this.catalog, found.problems, { repairs: source.kind === 'address' });
      const document = mending.begin(found.document);
      if (!document) return say('compare.unusable', { problem: String(mending.problems.at(-1)?.message) });
      return await new Promise((done) => {
        this.pending = { source, found, done };
        this.show.open(document, mending);
      });
    } catch (error) {
      return /** @type {Error} */ (error).message;
    } finally {
      if (turn === this.turns) this.opening = false;
    }
  }

  /** Nothing stands here any more. */
  clear() {
    this.turns += 1;
    this.pending?.done('');
    this.show.clear();
    Object.assign(this, { pending: null, source: null, opening: false, awaiting: false, asked: {}, view: initialView() });
  }

  /** @param {Experiment} experiment @param {Mending|null} mending */
  accept(experiment, mending) {
    const { pending, show } = this;
    if (!pending) return;
    const { found, source, done } = pending;
    this.pending = null;
    show.structure = show.revision;
    this.awaiting = true;
    this.view = { ...initialView(), ...unsaidView(profileOf(this.catalog, experiment)), ...found.view };
    this.title = found.title;
    this.asked = found.view;
    this.take(experiment, mending?.changed ? this.sourceOf(experiment) : source);
    this.handlers.onExperiment();
    done('');
  }

  /** @param {import('../net/messages.js').Refusal} problem */
  refuse({ detail }) {
    const { pending } = this;
    this.awaiting = false;
    if (!pending) {
      this.handlers.onProblem(detail);
      return;
    }
    this.pending = null;
    pending.done(detail);
    // What is shown may have been cut short for this.
    if (this.experiment && !this.race?.complete) this.show.run(this.experiment);
  }

  /** A change of the experiment that is shown. @param {(experiment: Experiment) => Experiment} fn @param {boolean} live */
  change(fn, live) {
    if (!this.experiment || this.pending) return;
    const experiment = fn(this.experiment);
    this.take(experiment, this.sourceOf(experiment));
    this.title = '';
    this.show.run(experiment);
    this.handlers.onExperiment();
    this.handlers.onChange(live);
  }

  /** @param {Experiment} experiment @returns {Source} */
  sourceOf(experiment) {
    return { kind: 'address', query: writeAddress(experiment, this.view, this.catalog).slice(1) };
  }

  /** @param {Experiment} experiment @param {Source} source */
  take(experiment, source) {
    this.source = source;
    this.show.setExperiment(experiment);
    this.look();
  }

  /** @param {Shared} shared */
  setShared(shared) {
    this.shared = shared;
    this.look();
  }

  /** Shows it as its link asks, but for what both sides share. */
  look() {
    const { experiment, view, shared } = this;
    if (!experiment) return;
    const { tab } = fittingView({ ...view, tab: shared.tab }, this.catalog, experiment);
    this.show.setView({ ...view, ...shared, tab });
  }
}
