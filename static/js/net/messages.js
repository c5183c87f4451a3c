// @ts-check
/** The messages of `/ws/run`, as docs/protocol.md has them. */

/** @typedef {import('../core/types.js').Experiment} Experiment */
/** @typedef {{type: 'chunk', id: string, first: number, count: number, optimizers: number, columns: string[]}} ChunkHeader */

/** @param {string} id @param {object} experiment @param {number} from */
export function runMessage(id, experiment, from) {
  return JSON.stringify({ type: 'run', id, experiment, from });
}

/** @param {string} id @param {number} steps */
export function moreMessage(id, steps) {
  return JSON.stringify({ type: 'more', id, steps });
}

/** @param {string} id */
export function stopMessage(id) {
  return JSON.stringify({ type: 'stop', id });
}

/** @param {ArrayBuffer} buffer @returns {{header: ChunkHeader, values: Float64Array}} values[step][optimizer][column] */
export function readChunk(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  return { header, values: new Float64Array(buffer, 4 + length) };
}
