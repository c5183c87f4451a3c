// @ts-check
/** Wires the parts: what the user changes goes to the server, what comes back goes on the screen. */
import { completeDraft } from './catalog.js';
import { Navigation } from './navigation.js';
import { openSocket } from './net/socket.js';
import { Presenter } from './presenter.js';
import { createRace } from './run/race.js';
import { Runner } from './run/runner.js';
import { History } from './state/history.js';
import { repair } from './state/repair.js';
import { completeStyles, followStyles, initialPlace, initialView } from './state/view.js';

/** @typedef {import('./core/types.js').Catalog} Catalog */
/** @typedef {import('./core/types.js').Experiment} Experiment */
/** @typedef {import('./core/types.js').Race} Race */
/** @typedef {import('./core/types.js').View} View */
/** @typedef {{experiment: Experiment, styles: import('./core/types.js').Style[]}} Snapshot */
/** @typedef {{detail: string, errors: {path: string, message: string}[]}} Refusal */

const MOST_REPAIRS = 5;

export class Conductor {
  /** @param {Catalog} catalog @param {Record<string, import('./core/types.js').Thumbnail>} thumbnails */
  constructor(catalog, thumbnails) {
    this.root = document.documentElement;
    this.revision = 0;
    /** The revision that last changed who races where: older paths do not fit the page any more. */
    this.structure = 0;
    /** How often the document of the address was mended; null once it is open. @type {number|null} */
    this.repairs = 0;
    /** Whether the address that is being opened has no optimizers. */
    this.emptied = false;
    /** Whether the show has begun: it begins once, not again for every place in the history. */
    this.begun = false;
    /** @type {Experiment|null} */
    this.experiment = null;
    this.view = { ...initialView(), ...remembered() };
    /** @type {History<Snapshot>} */
    this.history = new History();
    this.navigation = new Navigation(catalog, () => this.open());
    this.presenter = new Presenter(catalog, thumbnails, {
      change: (fn, { live }) => this.change(fn, live),
      changeView: (partial) => this.changeView(partial),
      commands: {
        undo: () => this.travel((present) => this.history.undo(present)),
        redo: () => this.travel((present) => this.history.redo(present)),
        copyLink: () => this.copyLink(),
      },
    });
    this.runner = new Runner({
      send: (text) => this.socket.send(text),
      onAccepted: (experiment, revision) => this.accept(experiment, revision),
      onRace: (race, revision) => this.show(race, revision),
      onProblem: (problem, revision, document) => this.refuse(problem, revision, document),
    });
    this.socket = openSocket('/ws/run', {
      onOpen: () => this.connect(),
      onLost: () => this.lose(),
      onText: (text) => this.runner.receiveText(text),
      onBinary: (buffer) => this.runner.receiveBinary(buffer),
    });
  }

  /** Opens what the address says, or the race of a first visit. */
  open() {
    const { draft, view } = this.navigation.read();
    this.view = { ...this.view, ...initialPlace(), ...view };
    this.repairs = 0;
    this.structure = this.revision + 1;
    const found = completeDraft(draft);
    // The server knows no race without optimizers: one stands in until the rest is read.
    this.emptied = found.optimizers.length === 0;
    this.submit(this.emptied ? { ...found, optimizers: [{ name: 'sgd' }] } : found);
    this.presenter.setView(this.view);
  }

  /** @param {(experiment: Experiment) => Experiment} fn @param {boolean} live */
  change(fn, live) {
    if (!this.experiment) return;
    const before = this.snapshot();
    const experiment = fn(before.experiment);
    this.history.record(before, live);
    this.take({ experiment, styles: followStyles(before.styles, before.experiment.optimizers, experiment.optimizers) });
    this.navigation.move(experiment, this.view, live);
  }

  /** @param {(present: Snapshot) => Snapshot|null} move */
  travel(move) {
    const found = this.experiment && move(this.snapshot());
    if (!found) return;
    this.take(found);
    this.navigation.move(found.experiment, this.view, false);
  }

  /** @returns {Snapshot} */
  snapshot() {
    return { experiment: /** @type {Experiment} */ (this.experiment), styles: this.view.styles };
  }

  /** @param {Snapshot} next */
  take({ experiment, styles }) {
    if (styles !== this.view.styles || experiment.objective.name !== this.experiment?.objective.name) {
      this.structure = this.revision + 1;
    }
    this.experiment = experiment;
    this.view = { ...this.view, styles };
    this.presenter.setExperiment(experiment);
    this.presenter.setView(this.view);
    this.submit(experiment);
  }

  /** A new revision: sent at once, painted when its paths have come. @param {any} document */
  submit(document) {
    this.revision += 1;
    this.root.dataset.revision = String(this.revision);
    this.presenter.set({ problems: [], ...this.undoable() });
    if (document.optimizers?.length === 0) {
      // Nobody takes part: such a race is over before it is sent.
      this.runner.cancel();
      this.show({ ...createRace(document), entries: 1, complete: true, outcomes: [] }, this.revision);
    } else this.runner.run(document, this.revision);
  }

  undoable() {
    return { canUndo: this.history.canUndo, canRedo: this.history.canRedo };
  }

  /** The server has read the document: its canonical form is what the page holds. @param {Experiment} experiment @param {number} revision */
  accept(experiment, revision) {
    if (revision !== this.revision) return;
    if (this.emptied) {
      this.emptied = false;
      this.take({ experiment: { ...experiment, optimizers: [] }, styles: [] });
      return;
    }
    this.experiment = experiment;
    this.view = { ...this.view, styles: completeStyles(this.view.styles, experiment.optimizers.length) };
    this.presenter.setExperiment(experiment);
    this.presenter.setView(this.view);
    this.navigation.replace(experiment, this.view);
  }

  /** @param {Race} race @param {number} revision */
  show(race, revision) {
    if (revision < this.structure) return;
    this.presenter.showRace(race);
    if (race.complete) this.root.dataset.painted = String(revision);
    this.repairs = null;
    if (!this.begun) this.presenter.begin();
    this.begun = true;
  }

  /** @param {Refusal} problem @param {number} revision @param {any} document */
  refuse(problem, revision, document) {
    if (revision !== this.revision) return;
    if (this.repairs !== null && this.repairs < MOST_REPAIRS && problem.errors.length) {
      // The full list of what is known would fill the page: the nearest name is enough here.
      const unusable = problem.errors.map(({ path, message }) => `${path}: ${message.split(' Known')[0]}`).join('\n');
      this.presenter.controls.announce(`Part of this link could not be used, the rest is open.\n${unusable}`);
      this.repairs += 1;
      this.submit(repair(document, problem.errors, completeDraft({})));
      return;
    }
    this.presenter.set({ problems: problem.errors, busy: false });
    if (!problem.errors.length) this.presenter.controls.announce(problem.detail);
  }

  /** @param {Partial<View>} partial */
  changeView(partial) {
    this.view = { ...this.view, ...partial };
    this.presenter.setView(this.view);
    remember(this.view);
    if (this.experiment) this.navigation.replace(this.experiment, this.view);
  }

  async copyLink() {
    this.navigation.flush();
    await navigator.clipboard.writeText(location.href);
  }

  connect() {
    this.presenter.set({ connection: 'open' });
    this.runner.connected();
  }

  lose() {
    this.presenter.set({ connection: 'lost' });
    this.runner.lost();
  }
}

const REMEMBERED = 'playground.view';

/** The part of the view that belongs to the reader, not to the experiment. @returns {Partial<View>} */
function remembered() {
  try {
    return JSON.parse(localStorage.getItem(REMEMBERED) ?? '{}');
  } catch {
    return {}; // Storage is forbidden, or holds something else.
  }
}

/** @param {View} view */
function remember({ theme, speed, rail }) {
  try {
    localStorage.setItem(REMEMBERED, JSON.stringify({ theme, speed, rail }));
  } catch {
    // Storage is full or forbidden: the choice holds until the page closes.
  }
}
