// @ts-check
/** What the page has to say: short lines over the stage, read aloud, each of which can be put away. */

import { byId, h } from '../../core/dom.js';
import { say } from '../../core/words.js';
import { icon } from '../elements/icons.js';

/** @typedef {Pick<import('../../core/types.js').Model, 'experiment'|'connection'|'problems'>} Model @typedef {import('../../core/types.js').Problem} Problem */

const STAY = 5000;

/** @param {string} text @param {'status'|'alert'} kind @param {() => void} [closed] */
function createNotice(text, kind, closed) {
  const close = () => {
    el.remove();
    closed?.();
  };
  const button = h('button', { class: 'button-icon', type: 'button', 'aria-label': say('notices.dismiss'), on: { click: close } }, icon('close'));
  const el = h('div', { class: 'notice', role: kind }, h('p', { text }), button);
  return { el, close };
}

/** Where a field stands, as a person says it: "Adam, lr" or "model, hidden 1". @param {import('../../core/types.js').Place} at @param {Model} model */
function placeOf(at, { experiment }) {
  const [first, place, ...inner] = at;
  if (first === 'optimizers' && typeof place === 'number') {
    return [experiment.optimizers[place]?.label ?? say('notices.optimizer', { place: place + 1 }), ...wordsOf(inner)].join(', ');
  }
  return wordsOf(at.slice(first === 'objective' && at.length > 1 ? 1 + Number(place === 'params') : 0)).join(', ');
}

/** @param {import('../../core/types.js').Place} at */
function wordsOf(at) {
  const words = at.filter((key) => typeof key === 'string').map((key) => key.replaceAll('_', ' '));
  const count = at.find((key) => typeof key === 'number');
  return count === undefined ? words : words.with(-1, `${words.at(-1)} ${count + 1}`);
}

/** @param {HTMLElement} root */
export function createNotices(root) {
  const host = byId(root, 'notices');
  const lost = createNotice(say('notices.lost'), 'status');
  /** @type {Problem[]} */
  let problems = [];
  /** @type {ReturnType<typeof createNotice>[]} */
  let shown = [];
  /** A status goes by itself; an alert stays until it is put away. @param {string} text @param {'status'|'alert'} [kind] */
  const announce = (text, kind = 'status') => {
    const notice = createNotice(text, kind);
    host.append(notice.el);
    if (kind === 'status') setTimeout(notice.close, STAY + 40 * text.length);
  };
  const update = (/** @type {Model} */ model) => {
    const isLost = model.connection === 'lost';
    if (isLost && !lost.el.isConnected && host.dataset.connection !== 'lost') host.append(lost.el);
    if (!isLost && lost.el.isConnected) lost.close();
    host.dataset.connection = model.connection;
    if (model.problems !== problems) {
      problems = model.problems;
      for (const notice of shown) notice.close();
      shown = problems.map(({ at, message }) => createNotice(at.length ? say('notices.problem', { place: placeOf(at, model), message }) : message, 'alert'));
      host.append(...shown.map((notice) => notice.el));
    }
  };
  return { update, announce };
}
