// @ts-check
/** What the page has to say: short lines over the stage, read aloud, each of which can be put away. */

import { byId, h } from '../core/dom.js';
import { icon } from './icons.js';

/** @typedef {Pick<import('../core/types.js').Model, 'experiment'|'connection'|'problems'>} Model @typedef {import('../core/types.js').Problem} Problem */

const STAY = 5000;

/** @param {string} text @param {'status'|'alert'} kind @param {() => void} [closed] */
function createNotice(text, kind, closed) {
  const close = () => {
    el.remove();
    closed?.();
  };
  const button = h('button', { class: 'button-icon', type: 'button', 'aria-label': 'Dismiss', on: { click: close } }, icon('close'));
  const el = h('div', { class: 'notice', role: kind }, h('p', { text }), button);
  return { el, close };
}

/** `optimizers[1].lr` or `objective.model.hidden[0]` as a person says it. @param {string} path @param {Model} model */
function placeOf(path, { experiment }) {
  const found = /^optimizers\[(\d+)\]\.?(.*)$/.exec(path);
  if (!found) return path.replace(/^objective\.(params\.)?/, '').replace('.', ', ').replace(/\[(\d+)\]/, (_, at) => ` ${Number(at) + 1}`).replaceAll('_', ' ');
  const label = experiment.optimizers[Number(found[1])]?.label ?? `optimizer ${Number(found[1]) + 1}`;
  return found[2] ? `${label}, ${found[2]}` : label;
}

/** @param {HTMLElement} root */
export function createNotices(root) {
  const host = byId(root, 'notices');
  const lost = createNotice('Connection lost. Reconnecting; what you change meanwhile runs once it is back.', 'status');
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
      shown = problems.map(({ path, message }) => createNotice(path ? `${placeOf(path, model)}: ${message}` : message, 'alert'));
      host.append(...shown.map((notice) => notice.el));
    }
  };
  return { update, announce };
}
