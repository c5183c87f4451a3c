// @ts-check
/** The messages of `/ws/run`, as docs/protocol.md has them. Those about a run become one show's where they are sent. */

/** @typedef {import('../core/types.js').Experiment} Experiment */
/** @typedef {import('../core/types.js').Outcome} Outcome */
/** @typedef {{detail: string, errors: import('../core/types.js').Problem[]}} Refusal */
/** @typedef {{type: 'run', id: string, experiment: object, from: number}} RunMessage */
/** @typedef {RunMessage | {type: 'more', id: string, steps: number} | {type: 'stop', id: string}} Message  about a run */
/** @typedef {{type: 'chunk', show: string, id: string, first: number, count: number, optimizers: number, columns: string[]}} ChunkHeader */
/** @typedef {{type: 'started', id: string, experiment: Experiment, profile: import('../core/types.js').Profile} | {type: 'finished', id: string, outcomes: Outcome[]} | {type: 'problem', id: string|null, problem: Refusal}} Answer */

/** @param {string} show */
export function openMessage(show) {
  return { type: 'open', show };
}

/** @param {string} show */
export function closeMessage(show) {
  return { type: 'close', show };
}

/** @param {string} id @param {object} experiment @param {number} from @returns {Message} */
export function runMessage(id, experiment, from) {
  return { type: 'run', id, experiment, from };
}

/** @param {string} id @param {number} steps @returns {Message} */
export function moreMessage(id, steps) {
  return { type: 'more', id, steps };
}

/** @param {string} id @returns {Message} */
export function stopMessage(id) {
  return { type: 'stop', id };
}

/** @param {ArrayBuffer} buffer @returns {{header: ChunkHeader, values: Float64Array}} values[step][optimizer][column] */
export function readChunk(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  return { header, values: new Float64Array(buffer, 4 + length) };
}
