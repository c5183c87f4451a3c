// @ts-check
/**
 * Keeps the newest experiment running: latest wins, and a run that is nearly there is let finish, so that a drag shows
 * complete paths one after another. Knows the protocol, no connection: `send` is given, what arrives is handed in.
 */
import { moreMessage, runMessage, stopMessage } from '../net/messages.js';
import { addChunk, createRace, finishRace } from './race.js';

/** @typedef {import('../core/types.js').Race} Race */
/** @typedef {import('../core/types.js').Experiment} Experiment */
/** @typedef {import('../net/messages.js').Refusal} Refusal */
/** @typedef {import('../net/connection.js').Listener} Listener */
/** @typedef {{id: string, revision: number, experiment: any, race: Race|null, since: number, from: number}} Flight */

/** A run is not replaced before it has had this long, in ms. */
const PATIENCE = 150;
/**
 * A race that is not complete is shown after this long, in ms: paths on a surface are there before that, and would only
 * flicker; a training takes longer, and its curves are to grow under the eye.
 */
const shownAfter = (/** @type {Race} */ { profile }) => (profile.field ? PATIENCE : 50);
/** How far the server may run ahead, in steps. */
const AHEAD = 2048;

/**
 * @typedef {Object} RunnerHandlers
 * @property {(message: import('../net/messages.js').Message) => boolean} send
 * @property {(race: Race, revision: number) => void} onRace  more of the race has arrived, or all of it
 * @property {(experiment: Experiment, revision: number, profile: import('../core/types.js').Profile) => void} onAccepted  with the canonical document
 * @property {(problem: Refusal, revision: number, document: any) => void} onProblem
 */

/** @implements {Listener} */
export class Runner {
  /** @param {RunnerHandlers} handlers */
  constructor(handlers) {
    this.handlers = handlers;
    /** @type {Flight|null} */
    this.flight = null;
    /** @type {{experiment: any, revision: number}|null} */
    this.next = null;
    /** @type {number|undefined} */
    this.timer = undefined;
    this.open = false;
  }

  /** @param {any} experiment @param {number} revision */
  run(experiment, revision) {
    this.next = { experiment, revision };
    this.start();
  }

  /** The connection is there (again): goes on where it was. */
  connected() {
    this.open = true;
    const { flight } = this;
    this.flight = null;
    if (flight && !this.next) this.resume(flight);
    else this.start();
  }

  lost() {
    this.open = false;
  }

  /** Nothing is wanted any more. */
  cancel() {
    if (this.flight) this.handlers.send(stopMessage(this.flight.id));
    this.flight = null;
    this.next = null;
    clearTimeout(this.timer);
  }

  /** @param {Flight} flight */
  resume(flight) {
    this.flight = { ...flight, since: performance.now(), from: flight.race?.entries ?? 0 };
    this.handlers.send(runMessage(flight.id, flight.experiment, this.flight.from));
  }

  start() {
    if (!this.next || !this.open) return;
    const wait = this.flight ? PATIENCE - (performance.now() - this.flight.since) : 0;
    clearTimeout(this.timer);
    if (wait > 0) {
      this.timer = setTimeout(() => this.start(), wait);
      return;
    }
    const { experiment, revision } = this.next;
    this.next = null;
    this.flight = { id: `r${revision}`, revision, experiment, race: null, since: performance.now(), from: 0 };
    this.handlers.send(runMessage(this.flight.id, experiment, 0));
  }

  /** @param {import('../net/messages.js').Answer} answer */
  receive(answer) {
    const { flight } = this;
    if (!flight || answer.id !== flight.id) return;
    if (answer.type === 'started') this.accept(flight, answer.experiment, answer.profile);
    else if (answer.type === 'problem') this.refuse(flight, answer.problem);
    else if (answer.type === 'finished' && flight.race) {
      finishRace(flight.race, answer.outcomes);
      this.flight = null;
      this.start();
      this.handlers.onRace(flight.race, flight.revision);
    }
  }

  /** @param {Flight} flight @param {Experiment} experiment @param {import('../core/types.js').Profile} profile */
  accept(flight, experiment, profile) {
    if (!flight.race) {
      flight.race = createRace(experiment, profile);
      this.handlers.onAccepted(experiment, flight.revision, profile);
    }
    const credit = flight.race.steps - flight.from;
    if (credit > 0) this.handlers.send(moreMessage(flight.id, Math.min(credit, AHEAD)));
  }

  /** @param {Flight} flight @param {Refusal} problem */
  refuse(flight, problem) {
    this.flight = null;
    this.handlers.onProblem(problem, flight.revision, flight.experiment);
    this.start();
  }

  /** @param {import('../net/messages.js').ChunkHeader} header @param {Float64Array} values */
  receiveChunk(header, values) {
    const { flight } = this;
    if (!flight?.race || header.id !== flight.id) return;
    addChunk(flight.race, header, values);
    if (flight.race.entries <= flight.race.steps) {
      this.handlers.send(moreMessage(flight.id, header.count));
      if (performance.now() - flight.since > shownAfter(flight.race)) this.handlers.onRace(flight.race, flight.revision);
    }
  }
}
