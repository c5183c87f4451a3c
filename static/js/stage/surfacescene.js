// @ts-check
/** Surfaces on the stage: paths and fields follow every change at once. */
import { say } from '../core/words.js';
import { fetchField } from '../net/api.js';
import { fieldGround } from '../views/ground/ground.js';

/** @typedef {import('../core/types.js').Range} Range */
/** @typedef {import('../views/ground/ground.js').Ground} Ground */
/** @typedef {import('./panes.js').PlanePane} PlanePane */
/** @typedef {import('./panes.js').Scene} Scene */
/** shown: what the field is of; asked: when that was asked for, in ms. @typedef {{shown: string, asked: number, rest: number|undefined, pending: AbortController|null}} Fetching */

/** Points a side of a field that will be replaced in a moment. */
const COARSE = 50;
/** Fields that are asked for faster than this, in ms, are drawn coarsely. */
const HURRY = 250;

/** How many samples a side show `range` of a surface truly: ripples need more, a part of the window fewer. @param {PlanePane} pane @param {Ground} ground @param {Range} range */
function resolution({ entry: { samples } }, ground, range) {
  const seen = Math.min(1, (range.x[1] - range.x[0]) / (ground.window.x[1] - ground.window.x[0]));
  return Math.max(samples.fewest, Math.round(ground.detail * samples.share * seen));
}

/** @implements {Scene} */
export class SurfaceScene {
  /** @param {() => PlanePane[]} visible @param {(text: string) => void} onProblem */
  constructor(visible, onProblem) {
    this.visible = visible;
    this.onProblem = onProblem;
    /** @type {Map<PlanePane, Fetching>} */
    this.fetching = new Map();
    /** @type {import('../core/types.js').Experiment|null} */
    this.experiment = null;
    /** @type {Ground|null} */
    this.ground = null;
    /** @type {import('../core/types.js').Race|null} */
    this.race = null;
    /** @type {import('../core/types.js').Style[]} */
    this.styles = [];
  }

  /** @param {import('./panes.js').Setting} setting */
  setExperiment({ experiment, profile }) {
    if (!profile.field) return;
    if (profile.id !== this.ground?.id) this.ground = fieldGround(profile, profile.field);
    this.experiment = experiment;
    for (const pane of this.visible()) this.place(pane);
  }

  /** Draws at once. @param {import('../core/types.js').Race} race @param {import('../core/types.js').Style[]} styles */
  setRace(race, styles) {
    this.race = race;
    this.styles = styles;
    for (const pane of this.visible()) pane.view.setRace(race, styles);
  }

  setStep() {}

  arrange() {}

  refresh() {
    for (const pane of this.visible()) {
      this.place(pane);
      if (this.race) pane.view.setRace(this.race, this.styles);
    }
  }

  /** @param {string} id */
  look(id) {
    for (const pane of this.visible()) if (pane.id === id) this.loadField(pane);
  }

  leave() {
    this.race = null;
    for (const [pane, fetching] of this.fetching) {
      clearTimeout(fetching.rest);
      fetching.pending?.abort();
      pane.view.setRace(null, []);
    }
    this.fetching.clear();
  }

  /** Axes, start and field of the experiment. @param {PlanePane} pane */
  place(pane) {
    if (!this.experiment || !this.ground) return;
    if (pane.host.dataset.ground !== this.ground.id) {
      pane.host.dataset.ground = this.ground.id;
      pane.view.setGround(this.ground);
    }
    pane.view.setStart(this.experiment.start);
    this.loadField(pane);
  }

  /** @param {PlanePane} pane @returns {Fetching} */
  fetchingOf(pane) {
    const known = this.fetching.get(pane);
    const fetching = known ?? { shown: '', asked: -Infinity, rest: undefined, pending: null };
    if (!known) this.fetching.set(pane, fetching);
    return fetching;
  }

  /** The field that a pane is to show: coarse while it changes quickly, sharp when it rests. @param {PlanePane} pane */
  loadField(pane) {
    const { experiment, ground } = this;
    if (!experiment || !ground) return;
    const fetching = this.fetchingOf(pane);
    const range = pane.view.range();
    const key = JSON.stringify([experiment.objective, range]);
    if (key === fetching.shown) return;
    fetching.shown = key;
    const hurried = performance.now() - fetching.asked < HURRY;
    fetching.asked = performance.now();
    clearTimeout(fetching.rest);
    const sharp = resolution(pane, ground, range);
    if (hurried) fetching.rest = setTimeout(() => this.fetchField(pane, key, range, sharp), HURRY);
    this.fetchField(pane, key, range, hurried ? COARSE : sharp);
  }

  /** @param {PlanePane} pane @param {string} key @param {Range} range @param {number} resolution */
  async fetchField(pane, key, range, resolution) {
    const { experiment, ground } = this;
    const fetching = this.fetchingOf(pane);
    if (!experiment || !ground || key !== fetching.shown) return;
    fetching.pending?.abort();
    fetching.pending = new AbortController();
    try {
      const field = await fetchField(experiment.objective, range, resolution, fetching.pending.signal);
      if (key === fetching.shown && this.fetching.has(pane)) pane.view.setField(field, ground);
    } catch (error) {
      if (/** @type {Error} */ (error).name === 'AbortError') return;
      fetching.shown = '';
      this.onProblem(say('stage.not-drawn', { reason: /** @type {Error} */ (error).message }));
    }
  }
}
