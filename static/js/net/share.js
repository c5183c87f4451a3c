// @ts-check
/** The HTTP calls behind sharing: short links, QR codes, files. What they throw has a sentence for the reader. */
import { rooted } from '../core/root.js';
import { LANGUAGE, say } from '../core/words.js';

/** @typedef {import('../core/types.js').Experiment} Experiment */
/** @typedef {{experiment: Experiment, view?: Record<string, any>, title?: string, options?: Record<string, any>}} Shared */
/** @typedef {(share: number) => void} Progress  0 to 1 */

const LINES = 'application/x-ndjson';
const UNREACHABLE = say('sharing.unreachable');

/** @param {string} path @param {object} body @param {AbortSignal} signal @param {string} [accept] */
async function post(path, body, signal, accept = 'application/json') {
  const headers = { 'content-type': 'application/json', accept, 'accept-language': LANGUAGE };
  let response;
  try {
    response = await fetch(rooted(path), { method: 'POST', headers, body: JSON.stringify(body), signal });
  } catch (error) {
    throw signal.aborted ? error : new Error(UNREACHABLE);
  }
  if (!response.ok) throw refusal(await response.json().catch(() => null), response);
  return response;
}

/** What the server said, as an error whose cause is what is wrong with which fields. @param {{detail?: string, errors?: import('../core/types.js').Problem[]}|null} problem @param {{statusText: string}} [response] */
function refusal(problem, response) {
  return new Error(problem?.detail || response?.statusText || say('sharing.refused'), { cause: problem?.errors ?? [] });
}

/** Keeps it under a short link. @param {Shared} shared @param {AbortSignal} signal @returns {Promise<{id: string, url: string, embed_url: string}>} */
export async function saveExperiment(shared, signal) {
  return (await post('/api/experiments', shared, signal)).json();
}

/** @param {string} text @param {AbortSignal} signal @returns {Promise<Blob>} an SVG */
export async function fetchQr(text, signal) {
  return (await post('/api/qr', { text }, signal)).blob();
}

/**
 * A file, made by the server. @param {string} format @param {Shared} shared @param {AbortSignal} signal @param {Progress} onProgress
 * @returns {Promise<{blob: Blob, name: string}>}
 */
export async function fetchFile(format, shared, signal, onProgress) {
  const response = await post(`/api/export/${format}`, shared, signal, LINES);
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const parts = [];
  let whole = false;
  for await (const line of linesOf(response)) {
    const { data, done, total, problem } = JSON.parse(line);
    if (problem) throw refusal(problem);
    parts.push(Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0)));
    whole = done === total;
    onProgress(done / total);
  }
  if (!whole) throw new Error(UNREACHABLE);
  return { blob: new Blob(parts), name: nameOf(response) };
}

/** @param {Response} response */
async function* linesOf(response) {
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).pipeThrough(/** @type {any} */ (new TextDecoderStream())).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read().catch((error) => {
      throw error.name === 'AbortError' ? error : new Error(UNREACHABLE);
    });
    if (done) break;
    const lines = (rest + value).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

/** @param {Response} response */
function nameOf(response) {
  const found = /filename\*=UTF-8''([^;]*)/.exec(response.headers.get('content-disposition') ?? '');
  return found ? decodeURIComponent(found[1]) : 'experiment';
}
