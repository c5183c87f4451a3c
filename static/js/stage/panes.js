// @ts-check
/** The panes of the stage: each holds one view, and opens when it is first looked at. */
import { SINGLE_VIEWS, VIEWS } from '../views/index.js';

/** @typedef {import('../views/index.js').Listeners} Listeners */
/** @template {import('../views/index.js').PlaneEntry|import('../views/index.js').ModelEntry} E @typedef {{id: string, host: HTMLElement, entry: E, view: ReturnType<E['create']>}} PaneOf */
/** @typedef {PaneOf<import('../views/index.js').PlaneEntry>} PlanePane */
/** @typedef {PaneOf<import('../views/index.js').ModelEntry>} ModelPane */
/** @typedef {PlanePane|ModelPane} Pane */

/**
 * What belongs to some of the panes. It sees to it that they show what it knows.
 * @typedef {Object} Scene
 * @property {() => Pane[]} visible  its panes that are seen
 * @property {(subject: Setting) => void} setExperiment
 * @property {(race: import('../core/types.js').Race, styles: import('../core/types.js').Style[]) => void} setRace
 * @property {(step: number) => void} setStep
 * @property {() => void} arrange  other panes are seen now: takes or leaves the room around them
 * @property {() => void} refresh  brings its panes up to date, some of which were opened or are shown again
 * @property {(id: string) => void} look  a pane shows another range, or wants more
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

/** The views that stand in a tab, by their ids. @param {string} tab */
function shownBy(tab) {
  const entry = VIEWS.find(({ id }) => id === tab);
  return entry && 'beside' in entry ? entry.beside : [tab];
}

export class Panes {
  /** @param {HTMLElement} host @param {(id: string) => Omit<Listeners, 'eye'|'range'>} listenersOf */
  constructor(host, listenersOf) {
    this.host = host;
    this.listenersOf = listenersOf;
    /** @type {Map<string, Pane>} */
    this.all = new Map();
    /** From where a hill is to be seen at first. @type {number[]|null} */
    this.eye = null;
    /** Which part of the plane is to be seen at first. @type {number[]|null} */
    this.range = null;
    /** What stands under the panes may take another line at any time. */
    this.sizes = new ResizeObserver(() => this.visible().forEach((pane) => pane.view.resize()));
  }

  /** @param {string} tab */
  show(tab) {
    const ids = shownBy(tab);
    this.host.dataset.tab = tab;
    this.host.toggleAttribute('data-beside', ids.length > 1);
    for (const entry of SINGLE_VIEWS) if (ids.includes(entry.id) && !this.all.has(entry.id)) this.open(entry);
    for (const pane of this.all.values()) pane.host.hidden = !ids.includes(pane.id);
  }

  /** @param {typeof SINGLE_VIEWS[number]} entry */
  open(entry) {
    const { id } = entry;
    const host = document.createElement('div');
    host.className = `pane pane-${id}`;
    this.host.append(host);
    this.sizes.observe(host);
    const setting = { ...this.listenersOf(id), eye: this.eye, range: this.range };
    this.all.set(id, /** @type {Pane} */ ({ id, host, entry, view: entry.create(host, setting) }));
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
    return /** @type {PlanePane[]} */ (this.visible().filter(({ entry }) => entry.shows === 'paths'));
  }

  /** Those that are seen of models. */
  models() {
    return /** @type {ModelPane[]} */ (this.visible().filter(({ entry }) => entry.shows === 'models'));
  }

  /** The views of paths that were opened, whether they are seen or not. */
  paths() {
    return [...this.all.values()].flatMap(({ entry, view }) => (entry.shows === 'paths' ? /** @type {PlanePane['view']} */ (view) : []));
  }
}
