// @ts-check
/** What is on the screen: stage, curves, controls and the player, all showing one race at one step. */
import { createControls } from './controls/index.js';
import { prefersReducedMotion } from './core/motion.js';
import { Player } from './run/player.js';
import { distances, rank } from './run/ranking.js';
import { Stage } from './stage.js';
import { datasetOf, modelOf, surfaceOf } from './state/experiment.js';
import { fittingPlane } from './state/plane.js';
import { subjectOf } from './state/subjects.js';
import { initialView } from './state/view.js';
import { createTakeaway } from './takeaway.js';
import { drawSample } from './views/datamarks.js';
import { VIEWS } from './views/index.js';
import { drawThumbnail } from './views/thumbnail.js';

/** @typedef {import('./core/types.js').Catalog} Catalog */
/** @typedef {import('./core/types.js').Experiment} Experiment */
/** @typedef {import('./core/types.js').Race} Race */
/** @typedef {import('./core/types.js').View} View */
/** @typedef {import('./core/types.js').Problem} Problem */

/**
 * @typedef {Object} PresenterHandlers
 * @property {import('./core/types.js').ChangeExperiment} change
 * @property {(partial: Partial<View>) => void} changeView
 * @property {Pick<import('./core/types.js').Commands, 'undo'|'redo'|'link'|'viewDocument'|'showKind'|'openScenario'>} commands
 */

const UNHURRIED = 100; // ms between frames of the show while a hand waits for an answer

export class Presenter {
  /** @param {Catalog} catalog @param {Record<string, import('./core/types.js').Thumbnail>} thumbnails @param {PresenterHandlers} handlers */
  constructor(catalog, thumbnails, handlers) {
    this.catalog = catalog;
    /** What controls are updated with. @type {Omit<import('./core/types.js').Model, 'experiment'> & {experiment: Experiment|null}} */
    this.model = {
      experiment: null, view: initialView(), race: null, ranking: [], plane: null, data: null, step: 0, playing: false, canUndo: false,
      canRedo: false, connection: 'connecting', problems: [],
    };
    this.frame = 0;
    /** Whether the newest change has no paths yet. */
    this.awaited = true;
    /** When the show last moved on, in ms. */
    this.moved = 0;
    /** Distance to the nearest minimum, of every trajectory. @type {Float64Array[]} */
    this.away = [];
    this.player = new Player(() => this.showStep());
    const host = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
    this.stage = new Stage(host('stage'), {
      onStart: (x, y, phase) =>
        handlers.change((one) => ({ ...one, start: [x, y] }), phase === 'move'),
      onTab: (tab) => handlers.changeView({ tab }),
      onPlane: (plane) => this.set({ plane }),
      onData: (data) => this.setData(data),
      onProblem: (text) => this.controls.announce(text),
    });
    this.curves = VIEWS.curves(host('curves'), { onSeek: (/** @type {number} */ step) => this.player.seek(step) });
    this.controls = createControls(document.body, {
      catalog,
      thumbnails,
      drawThumbnail,
      drawSample,
      files: createTakeaway(this),
      change: handlers.change,
      changeView: handlers.changeView,
      commands: { ...this.playerCommands(handlers), ...handlers.commands },
    });
    // A key acts on what is so now, not on what the last frame has shown.
    addEventListener('keydown', () => this.frame && this.showModel(), { capture: true });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.setTheme());
  }

  /** @param {PresenterHandlers} handlers */
  playerCommands(handlers) {
    const { player } = this;
    return {
      play: () => player.play(),
      pause: () => player.pause(),
      toggle: () => player.toggle(),
      step: (/** @type {number} */ count) => player.move(count),
      restart: () => player.restart(),
      seek: (/** @type {number} */ step) => player.seek(step),
      setSpeed: (/** @type {number} */ speed) => handlers.changeView({ speed }),
      resetZoom: () => this.stage.resetZoom(),
    };
  }

  /** Takes over some of the model, and shows it with the next frame. @param {Partial<Presenter['model']>} partial */
  set(partial) {
    Object.assign(this.model, partial);
    this.ask();
  }

  /** @param {Experiment} experiment */
  setExperiment(experiment) {
    this.set({ experiment });
    const { catalog } = this;
    this.stage.setExperiment({
      experiment, surface: surfaceOf(catalog, experiment), model: modelOf(catalog, experiment), dataset: datasetOf(catalog, experiment),
    });
    this.setPlane();
  }

  /** @param {import('./core/types.js').ModelData|null} data */
  setData(data) {
    this.set({ data });
    this.setPlane();
  }

  /** The plane that was chosen, as far as there are such optimizers and weights. */
  setPlane() {
    const { view, experiment, data } = this.model;
    if (!experiment) return;
    const fit = (/** @type {import('./core/types.js').Named} */ choice) =>
      fittingPlane(this.catalog, choice, experiment.optimizers.length, data?.weights ?? Infinity);
    this.stage.setPlane(view.plane && fit(view.plane));
  }

  /** @param {View} view */
  setView(view) {
    const { view: before } = this.model;
    this.set({ view });
    this.player.speed = view.speed;
    if (view.theme !== before.theme) {
      document.documentElement.dataset.theme = view.theme;
      this.setTheme();
    }
    if (view.camera !== before.camera) this.stage.setCamera(view.camera);
    if (view.range !== before.range) this.stage.setRange(view.range);
    if (view.tab !== before.tab || !this.stage.panes.all.size) this.stage.show(view.tab);
    if (view.plane !== before.plane) this.setPlane();
    if (view.curve !== before.curve || view.log !== before.log) this.curves.setCurve(view.curve, view.log);
    if (view.styles !== before.styles) this.redraw();
  }

  /** Draws a race at once, wherever the player is. @param {Race} race */
  showRace(race) {
    const points = this.points(race.experiment);
    this.away = distances(race, points);
    this.set({ race, ranking: rank(race, points, this.away) });
    this.redraw();
    this.player.setLast(Math.max(0, race.entries - 1), !race.complete, performance.now());
  }

  /** @param {Experiment} experiment */
  points(experiment) {
    return surfaceOf(this.catalog, experiment)?.points ?? [];
  }

  redraw() {
    const { race, view } = this.model;
    if (!race || race.labels.length !== view.styles.length) return;
    this.stage.setRace(race, view.styles);
    this.curves.setRace(race, view.styles, this.away, subjectOf(this.catalog, race.experiment));
  }

  /** Starts the show, or rests at `step`, or shows all of it at once to those who asked for no motion. @param {number|null} step */
  begin(step) {
    if (step !== null) this.player.aim(step);
    else if (prefersReducedMotion()) this.player.aim(this.model.race?.steps ?? this.player.last);
    else this.player.play();
  }

  /** The view as it is on the screen: also where the player rests, unless that is the end, and what of the stage is seen from where. @returns {View} */
  shown() {
    const { view, race } = this.model;
    const { step, last, playing } = this.player;
    const rests = race !== null && !playing && step < last;
    return { ...view, step: rests ? Math.floor(step) : null, camera: this.stage.camera(), range: this.stage.range() };
  }

  showStep() {
    const { step, playing } = this.player;
    this.stage.setStep(step);
    this.curves.setStep(step);
    this.set({ step, playing });
  }

  /** Asks for the next frame, which moves the player and updates the controls. */
  ask() {
    this.frame ||= requestAnimationFrame((now) => {
      this.frame = 0;
      this.moveOn(now);
      this.showModel();
    });
  }

  /** Brings the controls up to date. */
  showModel() {
    if (this.model.experiment) this.controls.update(/** @type {import('./core/types.js').Model} */ (this.model));
  }

  /** Frames of the show, which nobody waits for, do not keep an answer that a hand waits for. @param {number} now */
  moveOn(now) {
    const waits = this.awaited && this.model.connection === 'open';
    if (waits && this.player.playing && now - this.moved < UNHURRIED) {
      this.ask();
      return;
    }
    this.moved = now;
    this.player.frame(now);
  }

  setTheme() {
    this.stage.setTheme();
    this.curves.setTheme();
    this.redraw();
  }
}
