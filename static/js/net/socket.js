// @ts-check
/** A websocket that comes back by itself, with growing pauses. */
import { rooted } from '../core/root.js';
import { LANGUAGE } from '../core/words.js';

const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 8000;

/**
 * @typedef {Object} SocketHandlers
 * @property {() => void} onOpen  also after each reconnection
 * @property {() => void} onLost
 * @property {(text: string) => void} onText
 * @property {(buffer: ArrayBuffer) => void} onBinary
 */

/** @param {string} path @param {SocketHandlers} handlers @returns {{send: (text: string) => boolean}} */
export function openSocket(path, handlers) {
  const address = new URL(rooted(path), location.href);
  address.searchParams.set('lang', LANGUAGE);
  address.protocol = address.protocol.replace('http', 'ws');
  let pause = FIRST_PAUSE;
  /** @type {WebSocket} */
  let socket;
  /** @type {number|undefined} */
  let waiting;

  function connect() {
    clearTimeout(waiting);
    waiting = undefined;
    socket = new WebSocket(address);
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('open', () => {
      pause = FIRST_PAUSE;
      handlers.onOpen();
    });
    socket.addEventListener('message', ({ data }) => {
      if (typeof data === 'string') handlers.onText(data);
      else handlers.onBinary(data);
    });
    socket.addEventListener('close', () => {
      handlers.onLost();
      waiting = setTimeout(connect, pause * (0.75 + Math.random() / 2));
      pause = Math.min(2 * pause, LONGEST_PAUSE);
    });
  }

  // No use in waiting out the pause when the network has just come back.
  addEventListener('online', () => waiting !== undefined && connect());
  connect();
  return {
    send(text) {
      if (socket.readyState !== WebSocket.OPEN) return false;
      socket.send(text);
      return true;
    },
  };
}
