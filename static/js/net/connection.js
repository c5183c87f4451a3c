// @ts-check
/** The connection of a page: one websocket, over which each of its shows has a channel of its own. */
import { closeMessage, openMessage, readChunk } from './messages.js';
import { openSocket } from './socket.js';

/** @typedef {import('./messages.js').Message} Message */
/** @typedef {import('./messages.js').Answer} Answer */
/** @typedef {import('./messages.js').ChunkHeader} ChunkHeader */

/**
 * @typedef {Object} Listener  Of one channel.
 * @property {() => void} connected  messages can be sent, at first or again: the server knows nothing of those before
 * @property {() => void} lost
 * @property {(answer: Answer) => void} receive
 * @property {(header: ChunkHeader, values: Float64Array) => void} receiveChunk
 */

/**
 * @typedef {Object} Channel
 * @property {(message: Message) => boolean} send  whether it could be sent
 * @property {() => void} close  nothing more comes
 */

export class Connection {
  /** @param {(state: 'open'|'lost') => void} [onState] */
  constructor(onState = () => {}) {
    /** By the id of their show. @type {Map<string, Listener>} */
    this.listeners = new Map();
    this.opened = 0;
    /** @type {'connecting'|'open'|'lost'} */
    this.state = 'connecting';
    this.onState = onState;
    this.socket = openSocket('/ws/run', {
      onOpen: () => this.connect(),
      onLost: () => this.lose(),
      onText: (text) => {
        const answer = JSON.parse(text);
        this.listeners.get(answer.show)?.receive(answer);
      },
      onBinary: (buffer) => {
        const { header, values } = readChunk(buffer);
        this.listeners.get(header.show)?.receiveChunk(header, values);
      },
    });
  }

  /** A channel for one more show. @param {Listener} listener @returns {Channel} */
  open(listener) {
    this.opened += 1;
    const show = `s${this.opened}`;
    this.listeners.set(show, listener);
    if (this.state === 'open') this.greet(show, listener);
    return {
      send: (message) => this.send({ ...message, show }),
      close: () => {
        if (this.listeners.delete(show)) this.send(closeMessage(show));
      },
    };
  }

  /** @param {object} message */
  send(message) {
    return this.socket.send(JSON.stringify(message));
  }

  /** @param {string} show @param {Listener} listener */
  greet(show, listener) {
    this.send(openMessage(show));
    listener.connected();
  }

  connect() {
    this.state = 'open';
    this.onState('open');
    for (const [show, listener] of this.listeners) this.greet(show, listener);
  }

  lose() {
    this.state = 'lost';
    this.onState('lost');
    for (const listener of this.listeners.values()) listener.lost();
  }
}
