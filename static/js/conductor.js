// @ts-check
/** The page's own affairs around its show: what the user changes, what can be undone, and what the address says. */
import { completeDraft, FIRST_SCENARIO, FIRST_VISIT } from './catalog.js';
import { byId } from './core/dom.js';
import { Places, rememberedSettings, rememberSettings } from './memory.js';
import { Mending } from './mending.js';
import { Navigation } from './navigation.js';
import { Connection } from './net/connection.js';
import { Presenter } from './presenter.js';
import { Show } from './show/show.js';
import { find, setScenario, toSurfaces } from './state/experiment.js';
import { History } from './state/history.js';
import { groundOf, profileOf } from './state/profiles.js';
import { completeStyles, fittingView, followStyles, initialPlace, initialView, unsaidView } from './state/view.js';
import { writeView } from './state/viewdocument.js';

/** @typedef {import('./core/types.js').Catalog} Catalog */
/** @typedef {import('./core/types.js').Experiment} Experiment */
/** @typedef {import('./core/types.js').Kind} Kind */
/** @typedef {import('./core/types.js').Problem} Problem */
/** @typedef {import('./core/types.js').Race} Race */
/** @typedef {import('./core/types.js').View} View */
/** @typedef {{experiment: Experiment, styles: import('./core/types.js').Style[]}} Snapshot */

export class Conductor {
  /** @param {Catalog} catalog @param {Record<string, import('./core/types.js').Thumbnail>} thumbnails */
  constructor(catalog, thumbnails) {
    this.root = document.documentElement;
    this.catalog = catalog;
    /** Whether the address that is being opened has no optimizers. */
    this.emptied = false;
    /** Whether the race has begun to play: it does so once, not again for every place in the history. */
    this.begun = false;
    /** The function that the server is asked for. @type {{before: Snapshot, live: boolean, tell: (problem: Problem|undefined) => void}|null} */
    this.typing = null;
    this.view = { ...initialView(), ...rememberedSettings() };
    this.places = new Places();
    /** @type {History<Snapshot>} */
    this.history = new History();
    this.navigation = new Navigation(catalog, () => this.open());
    const connection = new Connection((state) => this.presenter.set({ connection: state }));
    this.show = new Show({ stage: byId(document, 'stage'), curves: byId(document, 'curves') }, { catalog, connection }, {
      onRevision: (revision) => this.tellRevision(revision),
      onAccepted: (experiment) => this.accept(experiment),
      onRefused: (problem) => this.refuse(problem),
      onRace: (race, revision) => this.follow(race, revision),
      onStart: (x, y, phase) => this.change((one) => ({ ...one, start: [x, y] }), phase === 'move'),
      onTab: (tab) => this.changeView({ tab }),
      onPlane: (plane) => this.presenter.set({ plane }),
      onData: (data) => this.presenter.set({ data }),
      onProblem: (text) => this.presenter.controls.announce(text),
      onFrame: () => this.presenter.showModel(),
    });
    /** @type {Presenter} */
    this.presenter = new Presenter(catalog, thumbnails, this.show, {
      change: (fn, live) => this.change(fn, live),
      changeView: (partial) => this.changeView(partial),
      commands: {
        undo: () => this.travel((present) => this.history.undo(present)),
        redo: () => this.travel((present) => this.history.redo(present)),
        link: () => this.link(),
        viewDocument: () => writeView(this.show.shown()),
        showKind: (kind) => this.showKind(kind),
        openTyped: (draft, live, tell) => this.openTyped(draft, live, tell),
        openScenario: (id) => this.openScenario(id),
      },
    });
  }

  /** Opens what the address says, or the race of a first visit. */
  open() {
    const { show } = this;
    const { draft, view, problems } = this.navigation.read();
    const found = completeDraft(draft, this.catalog);
    const { kind } = found.objective;
    this.places.leave(show.experiment, this.view, kind);
    this.view = { ...this.view, ...unsaidView(profileOf(this.catalog, { objective: found.objective })), ...rememberedSettings(), ...view };
    const mending = new Mending(this.catalog, problems, { fallback: FIRST_VISIT });
    show.structure = show.revision + 1;
    // The server knows no race without optimizers: one stands in until the rest is read.
    this.emptied = found.optimizers.length === 0;
    show.open(mending.begin(this.emptied ? { ...found, optimizers: [{ name: 'sgd' }] } : found), mending);
    // What is on the screen stays whole until the other kind's experiment is there.
    if (!show.experiment || show.experiment.objective.kind === kind) this.presenter.setView(this.view);
  }

  /** @param {(experiment: Experiment) => Experiment} fn @param {boolean} live */
  change(fn, live) {
    if (!this.show.experiment) return;
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
    const { experiment } = this.show;
    if (!experiment || experiment.objective.kind === kind) return;
    const place = this.places.find(kind);
    if (place) this.go({ experiment: place.experiment, styles: place.view.styles }, place.view, false);
    else if (kind === 'model') this.openScenario(FIRST_SCENARIO);
    else this.change((one) => toSurfaces(one, this.catalog), false);
  }

  /**
   * A function as it is typed: what is on the screen stays until the server has read it. While `live`, all that is typed
   * is one change. @param {object} draft @param {boolean} live @param {(problem: Problem|undefined) => void} tell
   */
  openTyped(draft, live, tell) {
    if (!this.show.experiment) return;
    this.typing = { before: this.snapshot(), live, tell };
    this.show.structure = this.show.revision + 1;
    this.show.open(draft, null);
  }

  /** The function that was typed is there. @param {Experiment} experiment */
  takeTyped(experiment) {
    const { before, live, tell } = /** @type {NonNullable<Conductor['typing']>} */ (this.typing);
    this.typing = null;
    this.history.record(before, live);
    this.setView({ step: null, camera: null, range: null }, experiment);
    this.navigation.move(experiment, this.view, live);
    this.presenter.set({ canUndo: this.history.canUndo, canRedo: this.history.canRedo });
    tell(undefined);
  }

  /** @param {string} id */
  openScenario(id) {
    if (!this.show.experiment) return;
    const experiment = setScenario(this.catalog, id);
    const { view } = find(this.catalog.scenarios, id);
    const place = { ...initialPlace(profileOf(this.catalog, experiment)), ...view, styles: completeStyles([], experiment.optimizers.length) };
    this.go({ experiment, styles: place.styles }, place, false);
  }

  /** @param {(present: Snapshot) => Snapshot|null} move */
  travel(move) {
    const found = this.show.experiment && move(this.snapshot());
    if (!found) return;
    this.take(found, {});
    this.navigation.move(found.experiment, this.view, false);
  }

  /** @returns {Snapshot} */
  snapshot() {
    return { experiment: /** @type {Experiment} */ (this.show.experiment), styles: this.view.styles };
  }

  /** @param {Snapshot} next @param {Partial<View>} view  what of the view changes with it */
  take({ experiment, styles }, view) {
    const { show } = this;
    this.emptied = false;
    this.typing = null;
    if (styles !== this.view.styles || groundOf(experiment) !== groundOf(show.experiment)) show.structure = show.revision + 1;
    this.setView({ ...this.placeIn(experiment), step: null, camera: null, range: null, ...view, styles }, experiment);
    show.setExperiment(experiment);
    this.presenter.setView(this.view);
    show.run(experiment);
  }

  /** The view that an objective of this kind was left in, where the present one is of the other. @param {Experiment} experiment */
  placeIn(experiment) {
    const { kind } = experiment.objective;
    const present = this.show.experiment;
    if (present?.objective.kind === kind) return {};
    this.places.leave(present, this.view, kind);
    return this.places.find(kind)?.view ?? initialPlace(profileOf(this.catalog, experiment));
  }

  /** @param {Partial<View>} partial @param {Experiment} experiment  that it has to fit */
  setView(partial, experiment) {
    this.view = fittingView({ ...this.view, ...partial }, this.catalog, experiment);
  }

  /** A new revision is painted when its paths have come. @param {number} revision */
  tellRevision(revision) {
    this.root.dataset.revision = String(revision);
    this.presenter.set({ problems: [], canUndo: this.history.canUndo, canRedo: this.history.canRedo });
  }

  /** The server has read the document: its canonical form is what the page holds. @param {Experiment} experiment */
  accept(experiment) {
    this.show.setExperiment(experiment);
    if (this.emptied) {
      this.take({ experiment: { ...experiment, optimizers: [] }, styles: [] }, {});
      return;
    }
    this.setView({ styles: completeStyles(this.view.styles, experiment.optimizers.length) }, experiment);
    if (this.typing) this.takeTyped(experiment);
    else this.navigation.replace(experiment, this.view);
    this.presenter.setView(this.view);
  }

  /** More of a race is on the screen. @param {Race} race @param {number} revision */
  follow(race, revision) {
    this.presenter.setRace(race);
    this.root.dataset.begun = String(revision);
    if (race.complete) this.root.dataset.painted = String(revision);
    if (!this.begun) this.show.playback.begin(this.view.step, race.steps);
    this.begun = true;
  }

  /** @param {import('./net/messages.js').Refusal} problem */
  refuse({ errors, detail }) {
    const { experiment } = this.show;
    const ofText = this.typing ? errors.filter(({ at }) => at[1] === 'expression') : [];
    this.typing?.tell(ofText[0]);
    this.typing = null;
    this.presenter.set({ problems: errors.filter((error) => !ofText.includes(error)) });
    // Before the first race nothing on the page could show what is wrong with a field.
    if (!errors.length || !experiment) this.presenter.controls.announce(detail, experiment ? 'status' : 'alert');
  }

  /** @param {Partial<View>} partial */
  changeView(partial) {
    // Another plane is another place.
    this.view = { ...this.view, ...('plane' in partial && { range: null }), ...partial };
    this.presenter.setView(this.view);
    rememberSettings(partial);
    if (this.show.experiment) this.navigation.replace(this.show.experiment, this.view);
  }

  /** The whole address of what is on the screen. @returns {string} */
  link() {
    this.navigation.flush();
    return this.show.experiment ? this.navigation.link(this.show.experiment, this.show.shown()) : location.href;
  }
}
