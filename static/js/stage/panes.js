// @ts-check
/** The panes of the stage: each holds one view, and opens when it is first looked at. */
import { MODEL_VIEWS, PLANE_VIEWS } from '../views/index.js';

/** @typedef {import('../core/types.js').View} View */
/** @typedef {import('../views/index.js').Listeners} Listeners */
/** @typedef {keyof typeof PLANE_VIEWS | keyof typeof MODEL_VIEWS} PaneId */
/** @template {import('../views/index.js').StageView} V @typedef {{id: PaneId, host: HTMLElement, view: V}} PaneOf */
/** @typedef {PaneOf<import('../views/index.js').StageView>} Pane */
/** @typedef {PaneOf<import('../views/index.js').PlaneView>} PlanePane */
/** @typedef {PaneOf<import('../views/index.js').ModelView>} ModelPane */

/**
 * What belongs to some of the panes. It sees to it that they show what it knows.
 * @typedef {Object} Scene
 * @property {() => Pane[]} visible  its panes that are seen
 * @property {(subject: Setting) => void} setExperiment
 * @property {(race: import('../core/types.js').Race, styles: import('../core/types.js').Style[]) => void} setRace
 * @property {(step: number) => void} setStep
 * @property {() => void} arrange  other panes are seen now: takes or leaves the room around them
 * @property {() => void} refresh  brings its panes up to date, some of which were opened or are shown again
 * @property {(id: PaneId) => void} look  a pane shows another range, or wants more
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

const CREATE = { ...PLANE_VIEWS, ...MODEL_VIEWS };

/** Tabs that show more than the pane of their name. @type {Partial<Record<View['tab'], PaneId[]>>} */
const SHOWS = { both: ['2d', '3d'] };

/** @param {View['tab']} tab @returns {PaneId[]} */
function panesOf(tab) {
  return SHOWS[tab] ?? [/** @type {PaneId} */ (tab)];
}

export class Panes {
  /** @param {HTMLElement} host @param {(id: PaneId) => Omit<Listeners, 'eye'|'range'>} listenersOf */
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
    this.all.set(id, { id, host, view: CREATE[id](host, setting) });
  }

  /** The host is empty again. */
  close() {
    this.sizes.disconnect();
    for (const { view } of this.all.values()) view.dispose();
    this.all.clear();
    this.host.replaceChildren();
  }

  /** All that are seen. */
  visible() {
    return [...this.all.values()].filter((pane) => !pane.host.hidden);
  }

  /** Those that are seen of planes. */
  planes() {
    return /** @type {PlanePane[]} */ (this.visible().filter(({ id }) => id in PLANE_VIEWS));
  }

  /** Those that are seen of models. */
  models() {
    return /** @type {ModelPane[]} */ (this.visible().filter(({ id }) => id in MODEL_VIEWS));
  }

  /** The flat view of a plane, once it was opened. */
  get flat() {
    return /** @type {ReturnType<typeof PLANE_VIEWS['2d']>|undefined} */ (this.all.get('2d')?.view);
  }

  /** The hill over a plane, once it was opened. */
  get hill() {
    return /** @type {ReturnType<typeof PLANE_VIEWS['3d']>|undefined} */ (this.all.get('3d')?.view);
  }
}
