// @ts-check
/** The middle of the page: which views are shown, and the fields that they are drawn on. */
import { fetchField } from './net/api.js';
import { VIEWS } from './views/index.js';

/** @typedef {import('./core/types.js').Experiment} Experiment */
/** @typedef {import('./core/types.js').Surface} Surface */
/** @typedef {import('./core/types.js').Race} Race */
/** @typedef {import('./core/types.js').Range} Range */
/** @typedef {import('./core/types.js').Style} Style */
/** @typedef {import('./core/types.js').View} View */

/** Samples a side of the field of a view, as a part of what its surface asks for. */
const SHARE = { '2d': 1, '3d': 0.5 };
/** Samples a side however little of the window is seen. */
const FEWEST = { '2d': 180, '3d': 90 };
/** Points a side of a field that will be replaced in a moment. */
const COARSE = 50;
/** Fields that are asked for faster than this, in ms, are drawn coarsely. */
const HURRY = 250;

/**
 * One view on the stage. shown: what its field is of; asked: when that was asked for, in ms.
 * @typedef {{id: '2d'|'3d', host: HTMLElement, view: any, shown: string, asked: number, rest: number|undefined,
 *   pending: AbortController|null}} Pane
 */

/** How many samples a side show `range` of a surface truly: ripples need more, a part of the window fewer. @param {'2d'|'3d'} id @param {Surface} surface @param {Range} range */
function resolution(id, surface, range) {
  const seen = Math.min(1, (range.x[1] - range.x[0]) / (surface.window.x[1] - surface.window.x[0]));
  return Math.max(FEWEST[id], Math.round(surface.detail * SHARE[id] * seen));
}

export class Stage {
  /**
   * @param {HTMLElement} host
   * @param {{onStart: (x: number, y: number, phase: 'move'|'end') => void, onProblem: (text: string) => void}} handlers
   */
  constructor(host, handlers) {
    this.host = host;
    this.handlers = handlers;
    /** @type {Partial<Record<'2d'|'3d', Pane>>} */
    this.panes = {};
    /** @type {Surface|null} */
    this.surface = null;
    /** @type {Experiment|null} */
    this.experiment = null;
    /** @type {Race|null} */
    this.race = null;
    /** @type {Style[]} */
    this.styles = [];
    this.step = 0;
  }

  /** @param {View['tab']} tab */
  show(tab) {
    this.host.dataset.tab = tab;
    for (const id of /** @type {const} */ (['2d', '3d'])) {
      const wanted = tab === id || tab === 'both';
      if (wanted && !this.panes[id]) this.open(id);
      const pane = this.panes[id];
      if (pane) pane.host.hidden = !wanted;
    }
    this.resize();
    for (const pane of Object.values(this.panes)) if (!pane.host.hidden) this.refresh(pane);
  }

  /** @param {'2d'|'3d'} id */
  open(id) {
    const host = document.createElement('div');
    host.className = `pane pane-${id}`;
    this.host.append(host);
    const view = VIEWS[id](host, {
      onStart: this.handlers.onStart,
      onRange: () => this.panes[id] && this.loadField(this.panes[id]),
    });
    this.panes[id] = { id, host, view, shown: '', asked: -Infinity, rest: undefined, pending: null };
  }

  /** Brings a pane that was opened or shown again up to date. @param {Pane} pane */
  refresh(pane) {
    if (!this.surface || !this.experiment) return;
    this.place(pane);
    if (this.race) pane.view.setRace(this.race, this.styles);
    pane.view.setStep(this.step);
  }

  /** @param {Experiment} experiment @param {Surface} surface */
  setExperiment(experiment, surface) {
    this.experiment = experiment;
    this.surface = surface;
    for (const pane of this.visible()) this.place(pane);
  }

  /** Axes, start and field of the experiment. @param {Pane} pane */
  place(pane) {
    if (!this.experiment || !this.surface) return;
    if (pane.host.dataset.surface !== this.surface.id) {
      pane.host.dataset.surface = this.surface.id;
      pane.view.setSurface(this.surface);
    }
    pane.view.setStart(this.experiment.start);
    this.loadField(pane);
  }

  /** The field that a pane is to show: coarse while it changes quickly, sharp when it rests. @param {Pane} pane */
  loadField(pane) {
    const { experiment, surface } = this;
    if (!experiment || !surface) return;
    const range = pane.view.range();
    const key = JSON.stringify([experiment.objective, range]);
    if (key === pane.shown) return;
    pane.shown = key;
    const hurried = performance.now() - pane.asked < HURRY;
    pane.asked = performance.now();
    clearTimeout(pane.rest);
    const sharp = resolution(pane.id, surface, range);
    if (hurried) pane.rest = setTimeout(() => this.fetchField(pane, key, range, sharp), HURRY);
    this.fetchField(pane, key, range, hurried ? COARSE : sharp);
  }

  /** @param {Pane} pane @param {string} key @param {Range} range @param {number} resolution */
  async fetchField(pane, key, range, resolution) {
    const { experiment, surface } = this;
    if (!experiment || !surface || key !== pane.shown) return;
    pane.pending?.abort();
    pane.pending = new AbortController();
    try {
      const field = await fetchField(experiment.objective, range, resolution, pane.pending.signal);
      if (key === pane.shown) pane.view.setField(field, surface, experiment.objective.params);
    } catch (error) {
      if (/** @type {Error} */ (error).name === 'AbortError') return;
      pane.shown = '';
      this.handlers.onProblem(`The landscape could not be drawn: ${/** @type {Error} */ (error).message}`);
    }
  }

  /** Draws at once. @param {Race} race @param {Style[]} styles */
  setRace(race, styles) {
    this.race = race;
    this.styles = styles;
    for (const pane of this.visible()) pane.view.setRace(race, styles);
  }

  /** @param {number} step */
  setStep(step) {
    this.step = step;
    for (const pane of this.visible()) pane.view.setStep(step);
  }

  setTheme() {
    for (const pane of Object.values(this.panes)) pane.view.setTheme();
  }

  resetZoom() {
    for (const pane of this.visible()) pane.view.resetZoom();
  }

  resize() {
    for (const pane of this.visible()) pane.view.resize();
  }

  visible() {
    return Object.values(this.panes).filter((pane) => !pane.host.hidden);
  }
}
