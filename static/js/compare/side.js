// @ts-check
/** One of the two experiments: opened, run over a socket of its own, and shown on a stage with its curves. */
import { Mending } from '../mending.js';
import { openSocket } from '../net/socket.js';
import { distances } from '../run/ranking.js';
import { Runner } from '../run/runner.js';
import { Stage } from '../stage.js';
import { datasetOf, modelOf, surfaceOf } from '../state/experiment.js';
import { fittingPlane } from '../state/plane.js';
import { subjectOf } from '../state/subjects.js';
import { fittingView, initialView, unsaidView } from '../state/view.js';
import { writeAddress } from '../state/writeaddress.js';
import { VIEWS } from '../views/index.js';
import { findExperiment } from './opening.js';

/** @typedef {import('../core/types.js').Catalog} Catalog */
/** @typedef {import('../core/types.js').Experiment} Experiment */
/** @typedef {import('../core/types.js').Race} Race */
/** @typedef {import('../core/types.js').Style} Style */
/** @typedef {import('../core/types.js').View} View */
/** @typedef {import('../state/source.js').Source} Source */
/** @typedef {{source: Source, found: import('./opening.js').Found, revision: number, mending: Mending, done: (fault: string) => void}} Pending */

/**
 * @typedef {Object} SideHandlers
 * @property {() => void} onExperiment  another one is shown
 * @property {(live: boolean) => void} onChange  by the hand of the user; live: while something is dragged
 * @property {() => void} onRace  more of its race has arrived
 * @property {(text: string) => void} onProblem
 * @property {(step: number) => void} onSeek
 * @property {() => void} onConnection
 */

export class Side {
  /** @param {{stage: HTMLElement, curves: HTMLElement}} hosts @param {Catalog} catalog @param {SideHandlers} handlers */
  constructor(hosts, catalog, handlers) {
    this.catalog = catalog;
    this.handlers = handlers;
    /** @type {Source|null} */ this.source = null;
    /** @type {Experiment|null} */ this.experiment = null;
    /** @type {Race|null} */ this.race = null;
    /** @type {Pending|null} */ this.pending = null;
    /** @type {View} */ this.view = initialView();
    /** @type {Style[]} */ this.styles = [];
    this.title = '';
    /** The tab that is shown where the experiment has it; empty: the usual one. */
    this.tab = '';
    /** How its link asks for it to be looked at. @type {Partial<View>} */
    this.asked = {};
    this.opening = false;
    this.lost = false;
    /** Whether nothing has come yet of the race of what was opened last. */
    this.awaiting = false;
    this.revision = 0;
    /** How often another experiment was asked for: the last one counts. */
    this.turns = 0;
    /** Races of earlier revisions are of something else. */
    this.structure = 0;
    this.stage = new Stage(hosts.stage, {
      onStart: (x, y, phase) => this.change((one) => ({ ...one, start: [x, y] }), phase === 'move'),
      onTab: () => {},
      onProblem: handlers.onProblem,
      onPlane: () => {},
      onData: (data) => this.setPlane(data?.weights),
    });
    this.curves = VIEWS.curves(hosts.curves, { onSeek: handlers.onSeek });
    this.runner = new Runner({
      send: (text) => this.socket.send(text),
      onAccepted: (experiment, revision) => this.accept(experiment, revision),
      onRace: (race, revision) => this.show(race, revision),
      onProblem: (problem, revision, document) => this.refuse(problem, revision, document),
    });
    this.socket = openSocket('/ws/run', {
      onOpen: () => this.setLost(false),
      onLost: () => this.setLost(true),
      onText: (text) => this.runner.receiveText(text),
      onBinary: (buffer) => this.runner.receiveBinary(buffer),
    });
  }

  /** @param {boolean} lost */
  setLost(lost) {
    this.lost = lost;
    if (lost) this.runner.lost();
    else this.runner.connected();
    this.handlers.onConnection();
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
      const mending = new Mending(this.catalog, found.problems);
      const document = mending.begin(found.document);
      if (!document) return `That address ${mending.problems.at(-1)?.message}`;
      return await new Promise((done) => {
        this.pending = { source, found, revision: 0, mending, done };
        this.ask(document);
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
    this.runner.cancel();
    this.structure = this.revision + 1;
    Object.assign(this, { pending: null, source: null, experiment: null, race: null, opening: false, awaiting: false, asked: {}, view: initialView() });
  }

  /** @param {any} document */
  ask(document) {
    this.revision += 1;
    if (this.pending) this.pending.revision = this.revision;
    this.runner.run(document, this.revision);
  }

  /** @param {Experiment} experiment @param {number} revision */
  accept(experiment, revision) {
    const { pending } = this;
    if (pending?.revision !== revision) return;
    const { found, source, mending, done } = pending;
    this.pending = null;
    this.structure = revision;
    this.awaiting = true;
    this.view = { ...initialView(), ...unsaidView(experiment.objective.kind), ...found.view };
    this.title = found.title;
    this.asked = found.view;
    this.stage.setCamera(this.view.camera);
    this.stage.setRange(this.view.range);
    this.take(experiment, mending.changed ? this.sourceOf(experiment) : source);
    const unusable = mending.tell();
    if (unusable) this.handlers.onProblem(unusable);
    this.handlers.onExperiment();
    done('');
  }

  /** @param {{detail: string, errors: import('../core/types.js').Problem[]}} problem @param {number} revision @param {any} document */
  refuse(problem, revision, document) {
    const { pending } = this;
    if (revision !== this.revision) return;
    this.awaiting = false;
    const mends = pending?.source.kind === 'address' && problem.errors.length > 0;
    const next = mends ? pending.mending.next(document, problem.errors) : null;
    if (!pending) this.handlers.onProblem(problem.detail);
    else if (next) this.ask(next);
    else {
      this.pending = null;
      pending.done(problem.detail);
      // What is shown may have been cut short for this.
      if (this.experiment && !this.race?.complete) this.ask(this.experiment);
    }
  }

  /** A change of the experiment that is shown. @param {(experiment: Experiment) => Experiment} fn @param {boolean} live */
  change(fn, live) {
    if (!this.experiment || this.pending) return;
    const experiment = fn(this.experiment);
    this.take(experiment, this.sourceOf(experiment));
    this.title = '';
    this.ask(experiment);
    this.handlers.onExperiment();
    this.handlers.onChange(live);
  }

  /** @param {Experiment} experiment @returns {Source} */
  sourceOf(experiment) {
    return { kind: 'address', query: writeAddress(experiment, this.view, this.catalog).slice(1) };
  }

  /** @param {Experiment} experiment @param {Source} source */
  take(experiment, source) {
    const { catalog } = this;
    this.experiment = experiment;
    this.source = source;
    this.stage.setExperiment({
      experiment, surface: surfaceOf(catalog, experiment), model: modelOf(catalog, experiment), dataset: datasetOf(catalog, experiment),
    });
    this.setPlane();
    this.showTab(this.tab);
  }

  /** The plane that the link asks for, as far as there are such optimizers and weights. @param {number} [weights] */
  setPlane(weights = Infinity) {
    const { view, experiment, catalog } = this;
    if (!experiment) return;
    this.stage.setPlane(view.plane && fittingPlane(catalog, view.plane, experiment.optimizers.length, weights));
  }

  /** The tab that is shown when this one is asked for: models have tabs that surfaces lack. @param {string} tab  empty: the usual */
  showTab(tab) {
    this.tab = tab;
    if (!this.experiment) return;
    const view = fittingView({ ...this.view, tab: /** @type {View['tab']} */ (tab) }, this.catalog, this.experiment);
    if (view.tab !== this.stage.panes.host.dataset.tab) this.stage.show(view.tab);
  }

  /** @param {Race} race @param {number} revision */
  show(race, revision) {
    if (revision < this.structure) return;
    this.race = race;
    this.awaiting = false;
    this.handlers.onRace();
  }

  /** @param {Style[]} styles */
  redraw(styles) {
    this.styles = styles;
    const { race, catalog } = this;
    if (!race || race.labels.length !== styles.length) return;
    this.stage.setRace(race, styles);
    const away = distances(race, surfaceOf(catalog, race.experiment)?.points ?? []);
    this.curves.setRace(race, styles, away, subjectOf(catalog, race.experiment));
  }

  /** Rests at its end where the player goes on. @param {number} step */
  setStep(step) {
    const own = Math.min(step, this.race?.steps ?? 0);
    this.stage.setStep(own);
    this.curves.setStep(own);
  }

  setTheme() {
    this.stage.setTheme();
    this.curves.setTheme();
    this.redraw(this.styles);
  }
}
