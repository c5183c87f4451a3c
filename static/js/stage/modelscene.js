// @ts-check
/** What models say and what their weights are, at the player's step: data and snapshots for the panes that show them. */
import { say } from '../core/words.js';
import { fetchData, fetchSnapshot } from '../net/api.js';
import { Snapshots } from '../net/snapshots.js';
import { onModel } from '../state/experiment.js';

/** @typedef {import('../core/types.js').ModelData} ModelData */
/** @typedef {import('./panes.js').ModelPane} ModelPane */
/** @typedef {import('./panes.js').Scene} Scene */

/** @implements {Scene} */
export class ModelScene {
  /** @param {() => ModelPane[]} visible @param {{onProblem: (text: string) => void, onData: (data: ModelData|null) => void}} handlers */
  constructor(visible, handlers) {
    this.visible = visible;
    this.handlers = handlers;
    this.snapshots = new Snapshots(fetchSnapshot, (snapshot) => this.show(snapshot), handlers.onProblem);
    /** @type {import('./panes.js').Setting|null} */
    this.setting = null;
    /** @type {ModelData|null} */
    this.data = null;
    /** What the data are of. */
    this.key = '';
    /** @type {AbortController|null} */
    this.pending = null;
    /** @type {import('../core/types.js').Race|null} */
    this.race = null;
    /** @type {import('../core/types.js').Style[]} */
    this.styles = [];
    this.step = 0;
  }

  /** @param {import('./panes.js').Setting} setting */
  setExperiment(setting) {
    this.setting = setting;
    const objective = onModel(setting.experiment);
    if (!objective) return;
    const { model, dataset, loss, test_fraction } = objective;
    const key = JSON.stringify([model, dataset, loss, test_fraction]);
    if (key === this.key) return;
    this.key = key;
    // A pane that opens meanwhile must not show the data of the one before.
    this.data = null;
    void this.load(objective, key);
  }

  /** @param {import('../core/types.js').ModelObjective} objective @param {string} key */
  async load(objective, key) {
    this.pending?.abort();
    this.pending = new AbortController();
    try {
      const data = await fetchData(objective, this.pending.signal);
      if (key !== this.key) return;
      this.data = data;
      this.handlers.onData(data);
      for (const pane of this.visible()) this.place(pane);
      this.want();
    } catch (error) {
      // What is refused was told with the run, and an aborted request was replaced by another.
      if (/** @type {Error} */ (error).name !== 'AbortError' && key === this.key) this.key = '';
    }
  }

  /** @param {ModelPane} pane */
  place(pane) {
    if (!this.setting || !this.data) return;
    const { experiment, model, dataset } = this.setting;
    if (model && dataset) pane.view.setModel({ experiment, entry: model, dataset, data: this.data });
  }

  /** @param {import('../core/types.js').Race} race @param {import('../core/types.js').Style[]} styles */
  setRace(race, styles) {
    this.race = race;
    this.styles = styles;
    for (const pane of this.visible()) pane.view.setRace(race, styles);
    this.want();
  }

  /** @param {number} step */
  setStep(step) {
    this.step = step;
    this.want();
  }

  arrange() {}

  refresh() {
    for (const pane of this.visible()) {
      this.place(pane);
      if (this.race) pane.view.setRace(this.race, this.styles);
    }
    this.want();
  }

  look() {
    this.want();
  }

  leave() {
    this.snapshots.cancel();
    this.pending?.abort();
    this.key = '';
    this.data = null;
    this.race = null;
    this.handlers.onData(null);
  }

  /** Asks for what the visible panes show of the models at the step. */
  want() {
    const panes = this.visible();
    const parts = [...new Set(panes.flatMap((pane) => pane.view.parts))];
    if (!parts.length || !this.race?.labels.length || !this.race.entries) {
      this.snapshots.cancel();
      return;
    }
    const resolution = Math.max(...panes.map((pane) => pane.view.resolution()));
    const step = Math.min(this.step, this.race.entries - 1);
    this.snapshots.want(this.race.experiment, step, parts, resolution);
  }

  /** Comes back when what is wanted is shown. @param {() => Promise<unknown>} moment  lets some time pass */
  async settled(moment) {
    while (this.snapshots.wish) await moment();
    if (this.snapshots.failures) throw new Error(say('stage.models-unreachable'));
  }

  /** @param {import('../core/types.js').Snapshot} snapshot */
  show(snapshot) {
    for (const pane of this.visible()) {
      pane.view.setSnapshot(snapshot);
      pane.host.dataset.step = String(snapshot.step);
    }
  }
}
