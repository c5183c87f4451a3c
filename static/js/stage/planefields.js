// @ts-check
/** The loss on a plane, for each pane that shows it: coarse at once, then sharper until it is as sharp as it reads well. */
import { fetchPlaneField } from '../net/api.js';

/** @typedef {import('../core/types.js').Field} Field */
/** @typedef {import('./panes.js').PlanePane} PlanePane */
/** @typedef {import('./planescene.js').Laid} Laid */
/** shown: what the field is of; reached: its samples a side. @typedef {{shown: string, reached: number, climbing: boolean, abort: AbortController}} Sampling */

/** Samples a side of a first picture, and of the next. */
const STAGES = [17, 33];

export class PlaneFields {
  /** @param {import('./progress.js').Progress} progress */
  constructor(progress) {
    this.progress = progress;
    /** @type {Map<PlanePane, Sampling>} */
    this.samplings = new Map();
  }

  /**
   * The first fields of a plane. A picture that replaces another begins less coarse, so that nothing blurs while a slider
   * is dragged. @param {PlanePane[]} panes @param {Laid} laid @param {boolean} replaces @param {AbortSignal} signal
   * @returns {Promise<Map<PlanePane, Field>>}
   */
  async first(panes, laid, replaces, signal) {
    const resolution = Math.min(laid.ground.detail, STAGES[replaces ? 1 : 0]);
    const ask = async (/** @type {PlanePane} */ pane) => {
      const range = pane.view.rangeOf(laid.ground);
      const field = await fetchPlaneField(laid.race.experiment, laid.choice, range, resolution, signal);
      this.samplings.get(pane)?.abort.abort();
      this.reach(pane, createSampling(keyOf(laid, range), 0), resolution);
      return /** @type {const} */ ([pane, field]);
    };
    return new Map(await Promise.all(panes.map(ask)));
  }

  /** Makes the field of a pane as sharp as its ground asks for, step by step. @param {PlanePane} pane @param {Laid} laid */
  async sharpen(pane, laid) {
    const range = pane.view.range();
    const before = this.samplings.get(pane);
    const same = before?.shown === keyOf(laid, range);
    if (same && (before.climbing || before.reached >= laid.ground.detail)) return;
    before?.abort.abort();
    const sampling = createSampling(keyOf(laid, range), same ? before.reached : 0);
    this.samplings.set(pane, sampling);
    sampling.climbing = true;
    try {
      await this.climb(pane, laid, range, sampling);
    } catch {
      // The picture stays as sharp as it is: what is wrong with the plane itself was told with it.
    }
    sampling.climbing = false;
    if (![...this.samplings.values()].some((each) => each.climbing)) this.progress.hide();
  }

  /** @param {PlanePane} pane @param {Laid} laid @param {import('../core/types.js').Range} range @param {Sampling} sampling */
  async climb(pane, laid, range, sampling) {
    const { signal } = sampling.abort;
    const { detail } = laid.ground;
    const from = Math.max(sampling.reached, STAGES[0]);
    for (const resolution of [...STAGES, detail].filter((count) => count > from && count <= detail)) {
      this.progress.field((sampling.reached / detail) ** 2);
      const field = await fetchPlaneField(laid.race.experiment, laid.choice, range, resolution, signal);
      if (signal.aborted) return;
      pane.view.setField(field, laid.ground, sampling.reached > 0);
      this.reach(pane, sampling, resolution);
    }
  }

  /** Notes how sharp the picture of a pane is. @param {PlanePane} pane @param {Sampling} sampling @param {number} resolution */
  reach(pane, sampling, resolution) {
    sampling.reached = resolution;
    this.samplings.set(pane, sampling);
    pane.host.dataset.samples = String(resolution);
  }

  /** Samples no further. */
  cancel() {
    for (const sampling of this.samplings.values()) {
      sampling.abort.abort();
      sampling.climbing = false;
    }
  }
}

/** @param {string} shown @param {number} reached @returns {Sampling} */
function createSampling(shown, reached) {
  return { shown, reached, climbing: false, abort: new AbortController() };
}

/** @param {Laid} laid @param {import('../core/types.js').Range} range */
function keyOf(laid, range) {
  return JSON.stringify([laid.key, range]);
}
