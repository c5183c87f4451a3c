// @ts-check
/** The panes of the stage: each holds one view, and opens when it is first looked at. */
import { VIEWS } from '../views/index.js';

/** @typedef {import('../core/types.js').View} View */
/** @typedef {Exclude<View['tab'], 'both'>} PaneId */
/** @typedef {{id: PaneId, host: HTMLElement, view: any}} Pane */

/**
 * What belongs to some of the panes. It sees to it that they show what it knows.
 * @typedef {Object} Scene
 * @property {PaneId[]} ids  of its panes
 * @property {(subject: Setting) => void} setExperiment
 * @property {(race: import('../core/types.js').Race, styles: import('../core/types.js').Style[]) => void} setRace
 * @property {(step: number) => void} setStep
 * @property {() => void} arrange  other panes are seen now: takes or leaves the room around them
 * @property {(pane: Pane) => void} refresh  brings a pane that was opened or shown again up to date
 * @property {(pane: Pane) => void} look  a pane shows another range, or wants more
 * @property {() => void} leave  another kind of objective takes the stage, or the show ends
 * @property {(moment: () => Promise<unknown>) => Promise<void>} [settled]  of those which ask the server for each step:
 *   comes back when what is wanted is shown; moment: lets some time pass
 */

/**
 * @typedef {Object} Setting  An experiment with what is known of its objective.
 * @property {import('../core/types.js').Experiment} experiment
 * @property {import('../core/types.js').Profile} profile
 * @property {import('../core/types.js').ModelEntry|null} model
 * @property {import('../core/types.js').DatasetEntry|null} dataset
 */

/** @typedef {(ids: PaneId[]) => Pane[]} Visible  the panes among these that are seen */

/** Tabs that show more than the pane of their name. @type {Partial<Record<View['tab'], PaneId[]>>} */
const SHOWS = { both: ['2d', '3d'] };

/** @param {View['tab']} tab @returns {PaneId[]} */
function panesOf(tab) {
  return SHOWS[tab] ?? [/** @type {PaneId} */ (tab)];
}

export class Panes {
  /** @param {HTMLElement} host @param {(id: PaneId) => object} listenersOf */
  constructor(host, listenersOf) {
    this.host = host;
    this.listenersOf = listenersOf;
    /** @type {Map<PaneId, Pane>} */
    this.all = new Map();
    /** From where a hill is to be seen at first. @type {number[]|null} */
    this.eye = null;
    /** Which part of the plane is to be seen at first. @type {number[]|null} */
    this.range = null;
    /** What stands under the panes may take another line at any time. */
    this.sizes = new ResizeObserver(() => this.visible().forEach((pane) => pane.view.resize()));
  }

  /** @param {View['tab']} tab */
  show(tab) {
    this.host.dataset.tab = tab;
    const ids = panesOf(tab);
    for (const id of ids) if (!this.all.has(id)) this.open(id);
    for (const pane of this.all.values()) pane.host.hidden = !ids.includes(pane.id);
  }

  /** @param {PaneId} id */
  open(id) {
    const host = document.createElement('div');
    host.className = `pane pane-${id}`;
    this.host.append(host);
    this.sizes.observe(host);
    const setting = { ...this.listenersOf(id), eye: this.eye, range: this.range };
    this.all.set(id, { id, host, view: VIEWS[id](host, /** @type {any} */ (setting)) });
  }

  /** The host is empty again. */
  close() {
    this.sizes.disconnect();
    for (const { view } of this.all.values()) view.dispose();
    this.all.clear();
    this.host.replaceChildren();
  }

  /** @param {PaneId[]} [ids] @returns {Pane[]} */
  visible(ids) {
    return [...this.all.values()].filter((pane) => !pane.host.hidden && (!ids || ids.includes(pane.id)));
  }
}
