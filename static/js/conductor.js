// @ts-check
/** Wires the parts: what the user changes goes to the server, what comes back goes on the screen. */
import { completeDraft, FIRST_SCENARIO } from './catalog.js';
import { Places, rememberedSettings, rememberSettings } from './memory.js';
import { Mending } from './mending.js';
import { Navigation } from './navigation.js';
import { openSocket } from './net/socket.js';
import { Presenter } from './presenter.js';
import { createRace } from './run/race.js';
import { Runner } from './run/runner.js';
import { find, setScenario, toSurfaces } from './state/experiment.js';
import { History } from './state/history.js';
import { groundOf } from './state/subjects.js';
import { completeStyles, fittingView, followStyles, initialPlace, initialView, unsaidView } from './state/view.js';
import { writeView } from './state/viewdocument.js';

/** @typedef {import('./core/types.js').Catalog} Catalog */
/** @typedef {import('./core/types.js').Experiment} Experiment */
/** @typedef {import('./core/types.js').Kind} Kind */
/** @typedef {import('./core/types.js').Race} Race */
/** @typedef {import('./core/types.js').View} View */
/** @typedef {{experiment: Experiment, styles: import('./core/types.js').Style[]}} Snapshot */
/** @typedef {{detail: string, errors: import('./core/types.js').Problem[]}} Refusal */

export class Conductor {
  /** @param {Catalog} catalog @param {Record<string, import('./core/types.js').Thumbnail>} thumbnails */
  constructor(catalog, thumbnails) {
    this.root = document.documentElement;
    this.catalog = catalog;
    this.revision = 0;
    /** The revision that last changed who races where: older paths do not fit the page any more. */
    this.structure = 0;
    /** How the document of the address is mended; null once it is open. @type {Mending|null} */
    this.mending = null;
    /** Whether the address that is being opened has no optimizers. */
    this.emptied = false;
    /** Whether the show has begun: it begins once, not again for every place in the history. */
    this.begun = false;
    /** @type {Experiment|null} */
    this.experiment = null;
    this.view = { ...initialView(), ...rememberedSettings() };
    this.places = new Places();
    /** @type {History<Snapshot>} */
    this.history = new History();
    this.navigation = new Navigation(catalog, () => this.open());
    this.presenter = new Presenter(catalog, thumbnails, {
      change: (fn, live) => this.change(fn, live),
      changeView: (partial) => this.changeView(partial),
      commands: {
        undo: () => this.travel((present) => this.history.undo(present)),
        redo: () => this.travel((present) => this.history.redo(present)),
        link: () => this.link(),
        viewDocument: () => writeView(this.presenter.shown()),
        showKind: (kind) => this.showKind(kind),
        openScenario: (id) => this.openScenario(id),
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
    const { draft, view, problems } = this.navigation.read();
    const found = completeDraft(draft, this.catalog);
    const { kind } = found.objective;
    this.places.leave(this.experiment, this.view, kind);
    this.view = { ...this.view, ...unsaidView(kind), ...rememberedSettings(), ...view };
    const mending = new Mending(this.catalog, problems);
    this.mending = mending;
    this.structure = this.revision + 1;
    // The server knows no race without optimizers: one stands in until the rest is read.
    this.emptied = found.optimizers.length === 0;
    this.submit(mending.begin(this.emptied ? { ...found, optimizers: [{ name: 'sgd' }] } : found) ?? mending.giveUp());
    // What is on the screen stays whole until the other kind's experiment is there.
    if (!this.experiment || this.experiment.objective.kind === kind) this.presenter.setView(this.view);
  }

  /** @param {(experiment: Experiment) => Experiment} fn @param {boolean} live */
  change(fn, live) {
    if (!this.experiment) return;
    const { experiment: before, styles } = this.snapshot();
    const experiment = fn(before);
    this.go({ experiment, styles: followStyles(styles, before.optimizers, experiment.optimizers) }, {}, live);
  }

  /** A change that can be undone. @param {Snapshot} next @param {Partial<View>} view @param {boolean} live */
  go(next, view, live) {
    this.history.record(this.snapshot(), live);
    this.take(next, view);
    this.navigation.move(next.experiment, this.view, live);
  }

  /** @param {Kind} kind */
  showKind(kind) {
    if (!this.experiment || this.experiment.objective.kind === kind) return;
    const place = this.places.find(kind);
    if (place) this.go({ experiment: place.experiment, styles: place.view.styles }, place.view, false);
    else if (kind === 'model') this.openScenario(FIRST_SCENARIO);
    else this.change((experiment) => toSurfaces(experiment, this.catalog), false);
  }

  /** @param {string} id */
  openScenario(id) {
    if (!this.experiment) return;
    const experiment = setScenario(this.catalog, id);
    const { view } = find(this.catalog.scenarios, id);
    const { kind } = experiment.objective;
    const place = { ...initialPlace(kind), ...view, styles: completeStyles([], experiment.optimizers.length) };
    this.go({ experiment, styles: place.styles }, place, false);
  }

  /** @param {(present: Snapshot) => Snapshot|null} move */
  travel(move) {
    const found = this.experiment && move(this.snapshot());
    if (!found) return;
    this.take(found, {});
    this.navigation.move(found.experiment, this.view, false);
  }

  /** @returns {Snapshot} */
  snapshot() {
    return { experiment: /** @type {Experiment} */ (this.experiment), styles: this.view.styles };
  }

  /** @param {Snapshot} next @param {Partial<View>} view  what of the view changes with it */
  take({ experiment, styles }, view) {
    // What was being opened is not any more.
    [this.mending, this.emptied] = [null, false];
    if (styles !== this.view.styles || groundOf(experiment) !== groundOf(this.experiment)) this.structure = this.revision + 1;
    this.setView({ ...this.placeIn(experiment.objective.kind), step: null, camera: null, range: null, ...view, styles }, experiment);
    this.experiment = experiment;
    this.presenter.setExperiment(experiment);
    this.presenter.setView(this.view);
    this.submit(experiment);
  }

  /** The view that an objective of `kind` was left in, where the present one is of the other. @param {Kind} kind */
  placeIn(kind) {
    if (this.experiment?.objective.kind === kind) return {};
    this.places.leave(this.experiment, this.view, kind);
    return this.places.find(kind)?.view ?? initialPlace(kind);
  }

  /** @param {Partial<View>} partial @param {Experiment} experiment  that it has to fit */
  setView(partial, experiment) {
    this.view = fittingView({ ...this.view, ...partial }, this.catalog, experiment);
  }

  /** A new revision: sent at once, painted when its paths have come. @param {any} document */
  submit(document) {
    this.revision += 1;
    this.root.dataset.revision = String(this.revision);
    this.presenter.awaited = true;
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
    const unusable = this.mending?.tell();
    if (unusable) this.presenter.controls.announce(unusable);
    this.mending = null;
    if (this.emptied) {
      this.experiment = experiment;
      this.take({ experiment: { ...experiment, optimizers: [] }, styles: [] }, {});
      return;
    }
    this.experiment = experiment;
    this.setView({ styles: completeStyles(this.view.styles, experiment.optimizers.length) }, experiment);
    this.presenter.setExperiment(experiment);
    this.presenter.setView(this.view);
    this.navigation.replace(experiment, this.view);
  }

  /** @param {Race} race @param {number} revision */
  show(race, revision) {
    if (revision < this.structure) return;
    this.presenter.awaited = revision < this.revision;
    this.presenter.showRace(race);
    this.root.dataset.begun = String(revision);
    if (race.complete) this.root.dataset.painted = String(revision);
    if (!this.begun) this.presenter.begin(this.view.step);
    this.begun = true;
  }

  /** @param {Refusal} problem @param {number} revision @param {any} document */
  refuse(problem, revision, document) {
    if (revision !== this.revision) return;
    const { mending } = this;
    const next = mending && problem.errors.length ? mending.next(document, problem.errors) ?? mending.giveUp() : null;
    if (next) return this.submit(next);
    this.presenter.awaited = false;
    this.presenter.set({ problems: problem.errors });
    // Before the first race nothing on the page could show what is wrong with a field.
    if (!problem.errors.length || !this.experiment) this.presenter.controls.announce(problem.detail, this.experiment ? 'status' : 'alert');
  }

  /** @param {Partial<View>} partial */
  changeView(partial) {
    // Another plane is another place.
    this.view = { ...this.view, ...('plane' in partial && { range: null }), ...partial };
    this.presenter.setView(this.view);
    rememberSettings(partial);
    if (this.experiment) this.navigation.replace(this.experiment, this.view);
  }

  /** The whole address of what is on the screen. */
  link() {
    this.navigation.flush();
    return this.experiment ? this.navigation.link(this.experiment, this.presenter.shown()) : location.href;
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
