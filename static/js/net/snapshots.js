// @ts-check
/** Asks for snapshots of a model's race as a moving player needs them: the newest wish counts, one request at a time. */
import { say } from '../core/words.js';

/** @typedef {import('../core/types.js').Experiment} Experiment */
/** @typedef {import('../core/types.js').Snapshot} Snapshot */
/** @typedef {import('../core/types.js').SnapshotPart} SnapshotPart */
/** @typedef {(experiment: Experiment, step: number, parts: SnapshotPart[], resolution: number, signal: AbortSignal) => Promise<Snapshot>} FetchSnapshot */
/** @typedef {{experiment: Experiment, step: number, parts: SnapshotPart[], resolution: number, subject: string}} Wish */

/** Time in ms, and `later`, which calls once after some of it. @typedef {{now: () => number, later: (work: () => void, delay: number) => void}} Clock */

const KEPT = 200; // answers
const PAUSE = 50; // ms between two requests
const PATIENCE = 1000; // ms after a failure
const TRIES = 3; // in a row

/** @type {Clock} */
const CLOCK = { now: () => performance.now(), later: (work, delay) => void setTimeout(work, delay) };

export class Snapshots {
  /** @param {FetchSnapshot} fetch @param {(snapshot: Snapshot) => void} onSnapshot @param {(text: string) => void} onProblem */
  constructor(fetch, onSnapshot, onProblem, clock = CLOCK) {
    this.fetch = fetch;
    this.onSnapshot = onSnapshot;
    this.onProblem = onProblem;
    this.clock = clock;
    /** Answers by subject and step, the one used last at the end. @type {Map<string, Snapshot>} */
    this.kept = new Map();
    /** What is still to be shown. @type {Wish|null} */
    this.wish = null;
    /** What is being asked for. @type {{wish: Wish, abort: AbortController}|null} */
    this.flight = null;
    this.free = -Infinity;
    this.waiting = false;
    this.failures = 0;
    /** @type {Experiment|null} */
    this.experiment = null;
    this.text = '';
  }

  /**
   * Wishes to see a step; of a fractional one, the entry before it. An answer that is at hand is shown at once, else
   * the newest wish is sent when the request before it is answered, and no more often than every 50 ms. Answers to
   * earlier wishes for the same experiment, parts and resolution are shown too, while the newest is on its way.
   * @param {Experiment} experiment @param {number} step @param {SnapshotPart[]} parts @param {number} resolution
   */
  want(experiment, step, parts, resolution) {
    if (experiment !== this.experiment) {
      this.experiment = experiment;
      this.text = JSON.stringify(experiment);
    }
    const subject = `${parts.join()} ${resolution} ${this.text}`;
    if (this.wish?.subject !== subject) this.failures = 0;
    this.wish = { experiment, step: Math.floor(step), parts, resolution, subject };
    if (this.flight && this.flight.wish.subject !== subject) this.drop();
    const known = this.kept.get(keyOf(this.wish));
    if (known) this.settle(this.wish, known);
    else this.send();
  }

  /** Wishes for nothing any more. */
  cancel() {
    this.wish = null;
    this.drop();
  }

  drop() {
    this.flight?.abort.abort();
    this.flight = null;
  }

  send() {
    if (!this.wish || this.flight || this.waiting) return;
    const delay = this.free - this.clock.now();
    if (delay > 0) {
      this.waiting = true;
      this.clock.later(() => {
        this.waiting = false;
        this.send();
      }, delay);
      return;
    }
    this.free = this.clock.now() + PAUSE;
    this.flight = { wish: this.wish, abort: new AbortController() };
    void this.ask(this.flight);
  }

  /** @param {{wish: Wish, abort: AbortController}} flight */
  async ask(flight) {
    const { wish, abort } = flight;
    try {
      const snapshot = pack(await this.fetch(wish.experiment, wish.step, wish.parts, wish.resolution, abort.signal));
      this.keep(wish, snapshot);
      if (this.flight !== flight) return;
      this.flight = null;
      this.failures = 0;
      this.settle(wish, snapshot);
    } catch (error) {
      if (this.flight === flight) this.fail(/** @type {Error} */ (error));
    }
    this.send();
  }

  /** Shows an answer while a wish of its subject is open, which it may fulfil. @param {Wish} wish @param {Snapshot} snapshot */
  settle(wish, snapshot) {
    if (this.wish?.subject !== wish.subject) return;
    if (this.wish.step === wish.step) this.wish = null;
    this.keep(wish, snapshot);
    this.onSnapshot(snapshot);
  }

  /** Tells the first of some failures in a row, and tries again a few times. @param {Error} error */
  fail(error) {
    this.flight = null;
    this.failures += 1;
    this.free = this.clock.now() + PATIENCE;
    if (this.failures === 1) this.onProblem(say('stage.models-not-shown', { reason: error.message }));
    if (this.failures >= TRIES) this.wish = null;
  }

  /** @param {Wish} wish @param {Snapshot} snapshot */
  keep(wish, snapshot) {
    const key = keyOf(wish);
    this.kept.delete(key);
    this.kept.set(key, snapshot);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= KEPT) break;
      this.kept.delete(oldest);
    }
  }
}

/** @param {Wish} wish */
function keyOf({ subject, step }) {
  return `${step} ${subject}`;
}

/** Not a number in place of null. @param {ArrayLike<number|null>} list */
function numbers(list) {
  return Float64Array.from(list, (value) => value ?? NaN);
}

/**
 * The same with its many numbers in typed arrays, so that the answers that are kept take little room.
 * @param {Snapshot} snapshot @returns {Snapshot}
 */
function pack(snapshot) {
  const { grid, weights } = snapshot;
  const bytes = (/** @type {ArrayLike<number|null>[]} */ lists) =>
    lists.map((list) => (Array.prototype.includes.call(list, null) ? numbers(list) : Uint8Array.from(/** @type {number[]} */ (list))));
  const sheets = grid && { ...grid, levels: bytes(grid.levels), ...(grid.classes && { classes: bytes(grid.classes) }) };
  const tensors = weights?.map((tensor) => ({ ...tensor, values: tensor.values.map(numbers) }));
  return { ...snapshot, grid: sheets, weights: tensors };
}
