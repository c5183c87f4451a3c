// @ts-check
/** The page of the API: each call of the description as a form that asks this server. */
import { byId, h } from './core/dom.js';
import { rooted } from './core/root.js';
import { LANGUAGE, say } from './core/words.js';

const MOST_SHOWN = 20_000;

/**
 * @typedef {{description: string, content: Record<string, {example?: object}>}} Body
 * @typedef {{summary: string, requestBody?: Body, responses: Record<string, {description: string}>}} Call
 */

/** @param {string} method @param {string} path @param {Call} call */
function callForm(method, path, call) {
  const example = call.requestBody?.content['application/json']?.example;
  const body =
    call.requestBody &&
    h('textarea', { rows: 14, spellcheck: 'false', 'aria-label': say('docs.body', { method, path }) }, JSON.stringify(example, null, 2));
  const status = h('p', { role: 'status' });
  const answer = h('pre', { hidden: true, tabindex: 0, 'aria-label': say('docs.answer', { method, path }) });
  const send = h('button', { type: 'button', text: say('docs.send'), on: { click: () => ask(method, path, body?.value, status, answer) } });
  return h(
    'details',
    {},
    h('summary', {}, h('span', { class: 'method', text: method }), h('code', { class: 'path', text: path }), call.summary),
    call.requestBody && h('p', { text: call.requestBody.description }),
    body,
    send,
    status,
    answer,
    h('h2', { class: 'zone-title', text: say('docs.answers') }),
    h('ul', {}, ...Object.entries(call.responses).map(([code, { description }]) => h('li', { text: say('docs.means', { code, description }) }))),
  );
}

/**
 * @param {string} method @param {string} path @param {string|undefined} body
 * @param {HTMLElement} status @param {HTMLElement} answer
 */
async function ask(method, path, body, status, answer) {
  status.textContent = say('docs.waiting');
  const begun = performance.now();
  try {
    const response = await fetch(rooted(path), { method, body, headers: body ? { 'content-type': 'application/json' } : {} });
    const text = await response.text();
    status.textContent = say('docs.answered', {
      status: String(response.status), reason: response.statusText, n: String(text.length), time: String(Math.round(performance.now() - begun)),
    });
    answer.textContent = readable(text);
    answer.hidden = false;
  } catch {
    status.textContent = say('docs.no-answer');
  }
}

/** @param {string} text */
function readable(text) {
  const shown = text.length > MOST_SHOWN ? text : indented(text);
  return shown.length > MOST_SHOWN ? `${shown.slice(0, MOST_SHOWN)}…` : shown;
}

/** @param {string} text */
function indented(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** @type {{paths: Record<string, Record<string, Call>>}} */
const description = await (await fetch(rooted('/api/openapi.json'), { headers: { 'accept-language': LANGUAGE } })).json();
const forms = Object.entries(description.paths).flatMap(([path, calls]) =>
  Object.entries(calls).map(([method, call]) => callForm(method.toUpperCase(), path, call)),
);
byId(document, 'calls').replaceChildren(...forms);
