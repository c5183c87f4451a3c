// @ts-check
/** The middle of the page: which views are shown, and what they are fed with. */
import { ModelScene } from './stage/modelscene.js';
import { Panes } from './stage/panes.js';
import { PlaneScene } from './stage/planescene.js';
import { SurfaceScene } from './stage/surfacescene.js';

/** @typedef {import('./core/types.js').Race} Race */
/** @typedef {import('./core/types.js').Style} Style */
/** @typedef {import('./stage/panes.js').Scene} Scene */

/**
 * @typedef {Object} StageHandlers
 * @property {(x: number, y: number, phase: 'move'|'end') => void} onStart
 * @property {(tab: string) => void} onTab
 * @property {(text: string) => void} onProblem
 * @property {(plane: import('./core/types.js').Plane|null) => void} onPlane
 * @property {(data: import('./core/types.js').ModelData|null) => void} onData
 */

export class Stage {
  /** @param {HTMLElement} host @param {StageHandlers} handlers */
  constructor(host, handlers) {
    this.panes = new Panes(host, (id) => ({
      onStart: handlers.onStart,
      onTab: handlers.onTab,
      onRange: () => this.look(id),
      onWant: () => this.look(id),
    }));
    const [planes, models] = [() => this.panes.planes(), () => this.panes.models()];
    this.plane = new PlaneScene(host, planes, handlers);
    this.onField = [new SurfaceScene(planes, handlers.onProblem)];
    this.onPlanes = [this.plane, new ModelScene(models, handlers)];
    /** The scenes of what is shown. @type {Scene[]} */
    this.present = [];
    this.step = 0;
  }

  /** @param {import('./core/types.js').Profile} profile @returns {Scene[]} */
  scenesOf({ field }) {
    return field ? this.onField : this.onPlanes;
  }

  /** @param {string} tab */
  show(tab) {
    this.panes.show(tab);
    this.refresh();
  }

  /** Brings all that is seen up to date. */
  refresh() {
    for (const scene of this.present) scene.arrange();
    this.resize();
    for (const scene of this.present) scene.refresh();
    for (const pane of this.panes.visible()) pane.view.setStep(this.step);
  }

  /** @param {string} id */
  look(id) {
    for (const scene of this.present) scene.look(id);
  }

  /** @param {import('./stage/panes.js').Setting} setting */
  setExperiment(setting) {
    const scenes = this.scenesOf(setting.profile);
    const changes = scenes !== this.present;
    if (changes) for (const scene of this.present) scene.leave();
    this.present = scenes;
    for (const scene of this.present) scene.setExperiment(setting);
    if (changes) this.refresh();
  }

  /** @param {import('./core/types.js').Named|null} choice */
  setPlane(choice) {
    this.plane.setChoice(choice);
  }

  /** Draws at once. @param {Race} race @param {Style[]} styles */
  setRace(race, styles) {
    if (this.scenesOf(race.profile) === this.present) for (const scene of this.present) scene.setRace(race, styles);
  }

  /** @param {number} step */
  setStep(step) {
    this.step = step;
    for (const pane of this.panes.visible()) pane.view.setStep(step);
    for (const scene of this.present) scene.setStep(step);
  }

  setTheme() {
    for (const pane of this.panes.all.values()) pane.view.setTheme();
  }

  /** From where a hill is seen; null: from wherever it is, at first from the usual place. @param {number[]|null} eye */
  setCamera(eye) {
    this.panes.eye = eye;
    if (eye) for (const view of this.panes.paths()) view.setEye?.(eye);
  }

  /** Which part of the plane is seen; null: whichever it is, at first all of it. @param {number[]|null} range */
  setRange(range) {
    this.panes.range = range;
    for (const view of this.panes.paths()) view.setRange?.(range);
  }

  /** From where it is seen now, null where that is the usual place. @returns {number[]|null} */
  camera() {
    const turned = this.panes.paths().find((view) => view.turnedEye);
    return turned?.turnedEye ? turned.turnedEye() : this.panes.eye;
  }

  /** Which part of the plane is seen now, null where that is all of it. @returns {number[]|null} */
  range() {
    const zoomed = this.panes.paths().find((view) => view.zoomedRange);
    return zoomed?.zoomedRange ? zoomed.zoomedRange() : this.panes.range;
  }

  /** Whether something is seen that the server is asked for at each step. */
  asks() {
    return this.asking().length > 0;
  }

  /** Comes back when all that is seen is of the present step. @param {() => Promise<unknown>} moment  lets some time pass */
  async settled(moment) {
    for (const scene of this.asking()) await scene.settled?.(moment);
  }

  asking() {
    return this.present.filter((scene) => scene.settled && scene.visible().length > 0);
  }

  /** Draws again what may have been dropped once it was shown, so that it can be copied. */
  redraw() {
    for (const pane of this.panes.planes()) pane.view.redraw?.();
  }

  resetZoom() {
    for (const pane of this.panes.planes()) pane.view.resetZoom();
  }

  resize() {
    for (const pane of this.panes.visible()) pane.view.resize();
  }

  /** Nothing is shown any more, and nothing is under way. */
  close() {
    for (const scene of this.present) scene.leave();
    this.present = [];
    this.panes.close();
  }
}
