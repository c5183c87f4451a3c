// @ts-check
/**
 * Planes through weight space on the stage. A plane is known once all paths are: until then the plane before stays, or,
 * at first, a word says what is waited for. The newest race counts; its plane comes with its paths and a coarse field at
 * once, and then grows sharper.
 */
import { say } from '../core/words.js';
import { fetchPlane } from '../net/api.js';
import { setPlane } from '../run/race.js';
import { planeGround } from '../views/ground/ground.js';
import { createPlaneNote, createWait } from '../views/ground/words.js';
import { PlaneFields } from './planefields.js';
import { Progress } from './progress.js';

/** @typedef {import('../core/types.js').Race} Race */
/** @typedef {import('../core/types.js').Style} Style */
/** @typedef {import('../core/types.js').Named} Named */
/** @typedef {import('../core/types.js').Plane} Plane */
/** @typedef {import('./panes.js').PlanePane} PlanePane */
/** @typedef {import('./panes.js').Scene} Scene */
/** choice: as the view has it, null for the server's. @typedef {{race: Race, choice: Named|null, key: string}} Wish */
/** @typedef {Wish & {plane: Plane, ground: import('../views/ground/ground.js').Ground}} Laid  a wish with its plane */

/** A plane that is asked for is not replaced before it has had this long, in ms: so a drag shows one after another. */
const PATIENCE = 1500;

/** @implements {Scene} */
export class PlaneScene {
  /**
   * @param {HTMLElement} host @param {() => PlanePane[]} visible
   * @param {{onProblem: (text: string) => void, onPlane: (plane: Plane|null) => void}} handlers
   */
  constructor(host, visible, handlers) {
    this.visible = visible;
    this.handlers = handlers;
    this.note = createPlaneNote(host);
    this.progress = new Progress(host);
    this.fields = new PlaneFields(this.progress);
    /** @type {WeakMap<PlanePane, ReturnType<typeof createWait>>} */
    this.waits = new WeakMap();
    /** The id of what is minimised. */
    this.subject = '';
    /** @type {Named|null} */
    this.choice = null;
    /** @type {Race|null} */
    this.race = null;
    /** @type {Style[]} */
    this.styles = [];
    /** @type {Laid|null} */
    this.shown = null;
    /** @type {Wish|null} */
    this.next = null;
    /** @type {{wish: Wish, abort: AbortController, since: number}|null} */
    this.flight = null;
    /** @type {number|undefined} */
    this.timer = undefined;
    /** Why there is no plane for the wish with this key. */
    this.fault = { key: '', text: '' };
  }

  /** A plane of other weights has nothing to say here. @param {import('./panes.js').Setting} setting */
  setExperiment({ profile: { id } }) {
    if (id !== this.subject) this.clear();
    this.subject = id;
    this.tell();
  }

  setStep() {}

  arrange() {
    this.tell();
  }

  /** @param {Named|null} choice */
  setChoice(choice) {
    if (JSON.stringify(choice) === JSON.stringify(this.choice)) return;
    this.choice = choice;
    this.follow();
  }

  /** @param {Race} race @param {Style[]} styles */
  setRace(race, styles) {
    this.race = race;
    this.styles = styles;
    this.follow();
  }

  refresh() {
    if (this.shown) for (const pane of this.visible()) this.lay(pane, this.shown);
    // Who looks again may have more luck.
    this.fault = { key: '', text: '' };
    this.follow();
  }

  /** @param {string} id */
  look(id) {
    for (const pane of this.visible()) if (this.shown && pane.id === id) void this.fields.sharpen(pane, this.shown);
  }

  leave() {
    this.clear();
    this.subject = '';
    this.note.update(false, null);
    for (const pane of this.visible()) this.waitOf(pane).update('');
  }

  clear() {
    this.race = null;
    this.forget();
  }

  /** Nothing is shown, and nothing is under way. */
  forget() {
    this.drop();
    this.next = null;
    this.fields.cancel();
    this.progress.hide();
    this.shown = null;
    this.fault = { key: '', text: '' };
    for (const pane of this.visible()) pane.view.setRace(null, []);
    this.handlers.onPlane(null);
  }

  /** Wants the plane of the race that is shown, if that is known and a pane is there to show it. */
  follow() {
    const { race } = this;
    const panes = this.visible();
    if (race && !race.labels.length) this.forget();
    else if (race && panes.length) {
      if (!race.complete) this.progress.run(race.entries / (race.steps + 1));
      else this.want({ race, choice: this.choice, key: JSON.stringify([race.experiment, this.choice]) });
    }
    if (race && this.shown?.race === race) for (const pane of panes) pane.view.setRace(race, this.styles);
    this.tell();
  }

  /** @param {Wish} wish */
  want(wish) {
    const known = this.shown?.key === wish.key ? this.shown : null;
    if (known) {
      this.next = null;
      this.drop();
      if (known.race !== wish.race) this.take({ ...known, race: wish.race });
      else for (const pane of this.visible()) void this.fields.sharpen(pane, known);
    } else if (this.flight?.wish.key === wish.key) this.next = null;
    else if (this.next?.key !== wish.key && this.fault.key !== wish.key) this.hurry(wish);
  }

  /** @param {Wish} wish */
  hurry(wish) {
    this.next = wish;
    this.fields.cancel();
    clearTimeout(this.timer);
    const left = this.flight ? PATIENCE - (performance.now() - this.flight.since) : 0;
    if (left > 0) this.timer = setTimeout(() => this.start(), left);
    else this.start();
  }

  drop() {
    clearTimeout(this.timer);
    this.flight?.abort.abort();
    this.flight = null;
  }

  start() {
    if (!this.next) return;
    this.drop();
    const flight = { wish: this.next, abort: new AbortController(), since: performance.now() };
    this.next = null;
    this.flight = flight;
    void this.ask(flight.wish, flight.abort.signal);
  }

  /** @param {Wish} wish @param {AbortSignal} signal */
  async ask(wish, signal) {
    this.progress.plane();
    try {
      const plane = await fetchPlane(wish.race.experiment, wish.choice, signal);
      const laid = { ...wish, plane, ground: planeGround(plane) };
      const fields = await this.fields.first(this.visible(), laid, this.shown !== null, signal);
      if (signal.aborted) return;
      this.flight = null;
      this.take(laid, fields);
    } catch (error) {
      if (signal.aborted) return;
      this.flight = null;
      this.fail(wish, /** @type {Error} */ (error));
    }
    if (this.next) this.start();
    else this.follow();
  }

  /** Shows a plane with its paths. @param {Laid} laid @param {Map<PlanePane, import('../core/types.js').Field>} [fields] */
  take(laid, fields) {
    setPlane(laid.race, laid.plane);
    this.shown = laid;
    this.handlers.onPlane(laid.plane);
    for (const pane of this.visible()) {
      this.lay(pane, laid);
      const field = fields?.get(pane);
      if (field) pane.view.setField(field, laid.ground);
      if (!this.next) void this.fields.sharpen(pane, laid);
    }
    this.fault = { key: '', text: '' };
    this.tell();
  }

  /** @param {PlanePane} pane @param {Laid} laid */
  lay(pane, { race, ground }) {
    pane.host.dataset.ground = ground.id;
    pane.view.setStart(null);
    pane.view.setGround(ground);
    if (race.labels.length === this.styles.length) pane.view.setRace(race, this.styles);
  }

  /** @param {Wish} wish @param {Error} error */
  fail({ key }, { message }) {
    this.fault = { key, text: say('stage.no-plane', { reason: message }) };
    this.progress.hide();
    if (this.shown) this.handlers.onProblem(this.fault.text);
  }

  /** Says what the plane is, or what is waited for. */
  tell() {
    const panes = this.visible();
    this.note.update(panes.length > 0, this.shown?.plane ?? null);
    if (!panes.length) this.progress.hide();
    for (const pane of panes) this.waitOf(pane).update(this.shown ? '' : this.fault.text || words(this.race));
  }

  /** @param {PlanePane} pane */
  waitOf(pane) {
    const wait = this.waits.get(pane) ?? createWait(pane.host);
    this.waits.set(pane, wait);
    return wait;
  }
}

/** @param {Race|null} race */
function words(race) {
  const first = say('stage.plane-awaits');
  if (!race) return first;
  if (!race.labels.length) return say('stage.no-optimizer');
  const run = { step: String(Math.max(0, race.entries - 1)), steps: String(race.steps) };
  return `${first}\n${race.complete ? say('stage.plane-begun') : say('stage.run', run)}`;
}
