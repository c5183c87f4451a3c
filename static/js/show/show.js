// @ts-check
/**
 * One experiment on the screen, on hosts that are given to it: its channel of the page's connection, its stage and
 * curves, and the player that moves them. What is around it (controls, addresses, other shows) is its owner's.
 *
 * Each document that is sent is a revision. What a link says is opened: it is mended where the server refuses it, and
 * shown once it was read. A change is shown at once.
 */
import { createRace } from '../run/race.js';
import { distances } from '../run/ranking.js';
import { Runner } from '../run/runner.js';
import { Stage } from '../stage.js';
import { datasetOf, modelOf } from '../state/experiment.js';
import { fittingPlane } from '../state/plane.js';
import { learnProfile, profileOf } from '../state/profiles.js';
import { completeStyles, fittingView, initialView } from '../state/view.js';
import { createCurves } from '../views/curves/curves.js';
import { Playback } from './playback.js';

/** @typedef {import('../core/types.js').Experiment} Experiment */
/** @typedef {import('../core/types.js').Race} Race */
/** @typedef {import('../core/types.js').Style} Style */
/** @typedef {import('../core/types.js').View} View */
/** @typedef {import('../mending.js').Mending} Mending */
/** @typedef {import('../net/messages.js').Refusal} Refusal */
/** @typedef {{stage: HTMLElement, curves: HTMLElement}} Hosts */
/** @typedef {{catalog: import('../core/types.js').Catalog, connection: import('../net/connection.js').Connection}} Page  what shows of a page share */

/**
 * @typedef {Object} ShowHandlers  Without them an experiment is shown as it is, in the view that was set.
 * @property {(revision: number) => void} [onRevision]  another document is asked for
 * @property {(experiment: Experiment, mending: Mending|null) => void} [onAccepted]  with its canonical form, and with
 *   what opened it, null after a change
 * @property {(problem: Refusal) => void} [onRefused]  and nothing of it could be mended
 * @property {(race: Race, revision: number) => void} [onRace]  more of the race is on the screen
 * @property {(x: number, y: number, phase: 'move'|'end') => void} [onStart]  the start was moved by hand
 * @property {(tab: string) => void} [onTab]  another tab is asked for on the stage
 * @property {(plane: import('../core/types.js').Plane|null) => void} [onPlane]
 * @property {(data: import('../core/types.js').ModelData|null) => void} [onData]
 * @property {(text: string) => void} [onProblem]  something to tell the reader
 * @property {() => void} [onFrame]  once in each frame of the show
 */

const ignore = () => {};

export class Show {
  /** @param {Hosts} hosts @param {Page} page @param {ShowHandlers} handlers @param {Playback} [playback]  of others, who call `setStep` */
  constructor(hosts, { catalog, connection }, handlers, playback) {
    this.catalog = catalog;
    this.handlers = handlers;
    /** The one that is shown, or was accepted last. @type {Experiment|null} */
    this.experiment = null;
    /** @type {Race|null} */
    this.race = null;
    /** @type {View} */
    this.view = initialView();
    /** How each trajectory is drawn. @type {Style[]} */
    this.styles = [];
    /** Distance to the nearest minimum, of each trajectory. @type {Float64Array[]} */
    this.away = [];
    /** Weights of the model, as far as they are known. */
    this.weights = Infinity;
    this.revision = 0;
    /** Races of earlier revisions do not fit what is shown any more. */
    this.structure = 0;
    /** Whether the newest revision has no paths yet. */
    this.awaited = true;
    /** How the document that is being opened is mended. @type {Mending|null} */
    this.mending = null;
    this.moves = !playback;
    this.playback = playback ?? new Playback({
      onStep: (step) => this.setStep(step),
      onFrame: handlers.onFrame,
      waits: () => this.awaited && connection.state === 'open',
    });
    const { onStart = ignore, onTab = ignore, onPlane = ignore, onProblem = ignore } = handlers;
    this.stage = new Stage(hosts.stage, { onStart, onTab, onPlane, onProblem, onData: (data) => this.setData(data) });
    this.curves = createCurves(hosts.curves, { onSeek: (step) => this.playback.player.seek(step) });
    this.runner = new Runner({
      send: (message) => this.channel.send(message),
      onAccepted: (experiment, revision, profile) => {
        learnProfile(catalog, experiment, profile);
        this.accept(experiment, revision);
      },
      onRace: (race, revision) => this.receive(race, revision),
      onProblem: (problem, revision, document) => this.refuse(problem, revision, document),
    });
    this.channel = connection.open(this.runner);
  }

  /** Asks for what a link says. @param {any} document @param {Mending|null} mending */
  open(document, mending) {
    this.mending = mending;
    this.ask(document);
  }

  /** Asks for the experiment that is shown. @param {Experiment} experiment */
  run(experiment) {
    // What was being opened is not any more.
    this.mending = null;
    if (experiment.optimizers.length > 0) {
      this.ask(experiment);
      return;
    }
    // Nobody takes part: such a race is over before it is sent.
    this.begin();
    this.runner.cancel();
    this.receive({ ...createRace(experiment, profileOf(this.catalog, experiment)), entries: 1, complete: true, outcomes: [] }, this.revision);
  }

  /** Nothing is shown or asked for any more. */
  clear() {
    this.runner.cancel();
    this.structure = this.revision + 1;
    this.awaited = false;
    this.mending = this.experiment = this.race = null;
  }

  /** The show has ended: its hosts are its owner's again. */
  close() {
    this.clear();
    this.channel.close();
    this.stage.close();
    this.curves.dispose();
    if (this.moves) this.playback.stop();
  }

  /** @param {any} document */
  ask(document) {
    this.begin();
    this.runner.run(document, this.revision);
  }

  begin() {
    this.revision += 1;
    this.awaited = true;
    this.handlers.onRevision?.(this.revision);
  }

  /** The server has read the document. @param {Experiment} experiment @param {number} revision */
  accept(experiment, revision) {
    if (revision !== this.revision) return;
    const { mending } = this;
    this.mending = null;
    const unusable = mending?.tell();
    if (unusable) this.handlers.onProblem?.(unusable);
    if (this.handlers.onAccepted) this.handlers.onAccepted(experiment, mending);
    else this.take(experiment);
  }

  /** @param {Experiment} experiment */
  take(experiment) {
    this.setExperiment(experiment);
    this.setView(fittingView(this.view, this.catalog, experiment));
    this.setStyles(completeStyles(this.styles, experiment.optimizers.length));
  }

  /** @param {Refusal} problem @param {number} revision @param {any} document */
  refuse(problem, revision, document) {
    if (revision !== this.revision) return;
    const next = problem.errors.length > 0 ? this.mending?.next(document, problem.errors) : null;
    if (next) {
      this.ask(next);
      return;
    }
    this.awaited = false;
    this.handlers.onRefused?.(problem);
  }

  /** Draws a race at once, wherever the player is. @param {Race} race @param {number} revision */
  receive(race, revision) {
    if (revision < this.structure) return;
    this.awaited = revision < this.revision;
    this.race = race;
    this.away = distances(race);
    this.redraw();
    if (this.moves) this.playback.player.setLast(Math.max(0, race.entries - 1), !race.complete, performance.now());
    this.handlers.onRace?.(race, revision);
  }

  /** @param {Experiment} experiment */
  setExperiment(experiment) {
    const { catalog } = this;
    this.experiment = experiment;
    this.stage.setExperiment({
      experiment, profile: profileOf(catalog, experiment), model: modelOf(catalog, experiment), dataset: datasetOf(catalog, experiment),
    });
    this.setPlane();
  }

  /** All but the styles, which `setStyles` takes. @param {View} view */
  setView(view) {
    const before = this.view;
    this.view = view;
    if (this.moves) this.playback.player.speed = view.speed;
    if (view.camera !== before.camera) this.stage.setCamera(view.camera);
    if (view.range !== before.range) this.stage.setRange(view.range);
    if (view.tab !== before.tab || !this.stage.panes.all.size) this.stage.show(view.tab);
    if (view.plane !== before.plane) this.setPlane();
    if (view.curve !== before.curve || view.log !== before.log) this.curves.setCurve(view.curve, view.log);
  }

  /** @param {Style[]} styles */
  setStyles(styles) {
    this.styles = styles;
    this.redraw();
  }

  /** @param {import('../core/types.js').ModelData|null} data */
  setData(data) {
    this.weights = data?.weights ?? Infinity;
    this.setPlane();
    this.handlers.onData?.(data);
  }

  /** The plane that was chosen, as far as there are such optimizers and weights. */
  setPlane() {
    const { catalog, experiment, view } = this;
    if (!experiment) return;
    this.stage.setPlane(view.plane && fittingPlane(catalog, view.plane, experiment.optimizers.length, this.weights));
  }

  /** Rests at its end where the player goes on. @param {number} step */
  setStep(step) {
    const own = Math.min(step, this.race?.steps ?? 0);
    this.stage.setStep(own);
    this.curves.setStep(own);
  }

  redraw() {
    const { race, styles } = this;
    if (!race || race.labels.length !== styles.length) return;
    this.stage.setRace(race, styles);
    this.curves.setRace(race, styles, this.away);
  }

  setTheme() {
    this.stage.setTheme();
    this.curves.setTheme();
    this.redraw();
  }

  /** The view as it is on the screen: also where the player rests, unless that is the end, and what of the stage is seen from where. @returns {View} */
  shown() {
    const step = this.race ? this.playback.resting() : null;
    return { ...this.view, styles: this.styles, step, camera: this.stage.camera(), range: this.stage.range() };
  }
}
