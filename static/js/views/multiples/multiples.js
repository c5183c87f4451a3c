// @ts-check
/** What the views of a model share: a panel an optimizer, its scores at the step, a bar of words, and the tip. */

import { colourOf } from '../../core/palette.js';
import { say } from '../../core/words.js';
import { addElement, describe } from '../drawing/layer.js';
import { createTooltip } from '../drawing/tooltip.js';
import { Multiples } from './panels.js';
import { createWay, formatScore, knownAt } from './parts.js';

/** @typedef {import('../../core/types.js').Race} Race */
/** @typedef {import('../../core/types.js').Style} Style */
/** @typedef {import('../../core/types.js').Snapshot} Snapshot */
/** @typedef {import('../../core/types.js').SnapshotPart} SnapshotPart */
/** @typedef {import('../../core/types.js').ModelData} ModelData */
/** @typedef {import('./panels.js').Panel} Panel */
/** @typedef {import('./layout.js').Needs} Needs */
/** @typedef {import('../drawing/tooltip.js').Tip} Tip */

/**
 * @typedef {Object} ModelSetting
 * @property {import('../../core/types.js').Experiment} experiment
 * @property {import('../../core/types.js').ModelEntry} entry
 * @property {import('../../core/types.js').DatasetEntry} dataset
 * @property {ModelData} data
 */

/**
 * onTab: the user wants another view; onWant: the view wants a snapshot of other parts or resolution.
 * @typedef {{onTab?: (tab: any) => void, onWant?: () => void}} ModelListeners
 */

const FEWEST = 2;
const OWN = 8; // px around the panels, as in modelviews.css

export class MultiplesView {
  /** @param {HTMLElement} host @param {ModelListeners} listeners @param {string} name */
  constructor(host, listeners, name) {
    this.el = addElement(host, 'div', 'multiples');
    this.listeners = listeners;
    const top = addElement(this.el, 'div', 'multiples-bar');
    this.bar = addElement(top, 'div', 'multiples-words');
    this.way = createWay(top, { all: () => this.multiples.toggle(0), move: (step) => this.multiples.move(step) });
    this.message = addElement(this.el, 'p', 'multiples-message');
    this.message.hidden = true;
    this.multiples = new Multiples(this.el, name, {
      hover: (panel, x, y) => this.hover(panel, x, y),
      changed: () => this.changed(),
    });
    this.tooltip = createTooltip(this.el);
    /** @type {{panel: Panel, x: number, y: number}|null} */ this.pointer = null;
    /** @type {ModelSetting|null} */ this.model = null;
    /** @type {Race|null} */ this.race = null;
    /** @type {Snapshot|null} */ this.snapshot = null;
    this.step = 0;
  }

  /** What the view wants of a snapshot. @returns {SnapshotPart[]} */
  get parts() {
    return [];
  }

  /** Samples a side that it wants of a grid, or of a curve; without either, as few as can be asked for. */
  resolution() {
    return FEWEST;
  }

  /** @param {ModelSetting} model */
  setModel(model) {
    const alike = JSON.stringify(model.experiment.objective) === JSON.stringify(this.model?.experiment.objective);
    const same = alike && model.data === this.model?.data;
    this.model = model;
    if (same) return;
    if (!this.fits()) this.snapshot = null;
    this.dress();
    this.arrange();
  }

  /** @param {Race} race @param {Style[]} styles */
  setRace(race, styles) {
    this.race = race;
    if (this.multiples.set(race, styles)) this.arrange();
    else this.tell();
  }

  /** @param {Snapshot} snapshot */
  setSnapshot(snapshot) {
    if (snapshot === this.snapshot) return;
    const first = this.snapshot === null;
    this.snapshot = snapshot;
    if (first || this.reshaped(snapshot)) this.arrange();
    else this.paint();
  }

  /** @param {number} step */
  setStep(step) {
    this.step = step;
    this.tell();
  }

  setTheme() {
    this.multiples.drawSigns();
    this.dress();
    this.paint();
  }

  resize() {
    if (this.el.clientWidth > 0) this.arrange();
  }

  dispose() {
    this.el.remove();
  }

  /** Another panel is alone, or none. */
  changed() {
    this.arrange();
    this.listeners.onWant?.();
  }

  arrange() {
    const { el } = this.multiples;
    this.way.show(this.multiples.alone !== null && this.multiples.panels.length > 1);
    this.message.replaceChildren(...this.words());
    this.message.hidden = this.message.childNodes.length === 0;
    this.pointer = null;
    this.multiples.place(Math.max(1, el.clientWidth - 2 * OWN), Math.max(1, el.clientHeight - OWN), this.needs());
    this.paint();
  }

  paint() {
    if (this.model && this.snapshot) {
      this.prepare();
      for (const panel of this.multiples.visible()) {
        panel.layer.clear();
        this.paintPanel(panel);
        describe(panel.layer, this.describe(panel));
      }
    }
    this.tell();
    this.showTip();
  }

  /** Writes scores and ends at the step. */
  tell() {
    const { model, race } = this;
    if (!model || !race) return;
    for (const panel of this.multiples.visible()) {
      const score = this.scores(panel);
      if (panel.score.textContent !== score) panel.score.textContent = score;
      const outcome = race.outcomes?.[panel.index];
      const ended = outcome !== undefined && this.step >= outcome.step && (outcome.kind === 'diverged' || outcome.kind === 'converged');
      const key = outcome?.kind === 'diverged' ? 'multiples.diverged' : 'multiples.converged';
      const note = ended ? say(key, { step: String(outcome.step) }) : '';
      if (panel.note.textContent !== note) panel.note.textContent = note;
      panel.el.classList.toggle('is-diverged', ended && outcome.kind === 'diverged');
    }
  }

  /** @param {Panel} panel */
  scores({ index }) {
    const { model, race, step } = this;
    if (!model || !race) return '';
    const { task } = model.data;
    const [train, test] = [race.columns.train_score, race.columns.test_score].map((all) => formatScore(knownAt(all[index], step), task));
    return say(task === 'regression' ? 'multiples.r2-scores' : 'multiples.scores', { train, test });
  }

  /** @param {Panel|null} panel */
  hover(panel, /** @type {number} */ x, /** @type {number} */ y) {
    this.pointer = panel && { panel, x, y };
    this.showTip();
  }

  showTip() {
    const tip = this.pointer && this.snapshot && this.model ? this.tip(this.pointer.panel, this.pointer.x, this.pointer.y) : null;
    if (!this.pointer || !tip) return this.tooltip.hide();
    const own = this.el.getBoundingClientRect();
    const spot = this.pointer.panel.layer.el.getBoundingClientRect();
    const look = { ...tip, title: this.pointer.panel.label, colour: colourOf(this.pointer.panel.slot) };
    this.tooltip.show(look, spot.left - own.left + this.pointer.x, spot.top - own.top + this.pointer.y);
  }

  /** Whether the snapshot at hand can be shown for the model as it is now. */
  fits() {
    return false;
  }

  /** Whether a snapshot needs another arrangement than the one before. @param {Snapshot} _snapshot */
  reshaped(_snapshot) {
    return false;
  }

  /** Fills the bar of words. */
  dress() {}

  /** What is said in place of pictures. @returns {(Node|string)[]} */
  words() {
    return [];
  }

  /** @returns {Needs} */
  needs() {
    return { fit: (width, height) => width * height, least: 0, narrowest: 1, tall: (width) => width };
  }

  /** What all panels need before they are painted. */
  prepare() {}

  /** @param {Panel} _panel */
  paintPanel(_panel) {}

  /** What the picture of a panel says, in words. @param {Panel} panel */
  describe(panel) {
    return panel.label;
  }

  /** Numbers under the pointer. @param {Panel} _panel @param {number} _x @param {number} _y @returns {{rows: Tip['rows']}|null} */
  tip(_panel, _x, _y) {
    return null;
  }
}
