// @ts-check
/** Everything that an experiment can be taken away as, one line each, with a button that gives the file. */

import { h, setAttribute, setHidden, setText } from '../../core/dom.js';
import { say } from '../../core/words.js';
import { icon } from '../elements/icons.js';
import { createPart } from './link.js';
import { createOptions } from './options.js';

/**
 * @typedef {Object} Filed  A file that can be made.
 * @property {{id: string, title: string, line: string, params?: import('../../core/types.js').Param[]}} format
 * @property {import('../../core/types.js').FileMaker} make  makes it, tells how far it is, and stops when it is told to
 * @property {() => string} [blocked]  why it cannot be made now; empty where it can
 */

/** Gives a file to the reader. @param {Blob} blob @param {string} name */
function deliver(blob, name) {
  const link = h('a', { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Thin, under the row; without a share of its own it only says that something goes on. @param {string} name */
function createBar(name) {
  const el = h('div', { class: 'share-progress', role: 'progressbar', 'aria-label': name, 'aria-valuemin': 0, 'aria-valuemax': 100, hidden: true });
  const set = (/** @type {number|null} */ share) => {
    setAttribute(el, 'aria-valuenow', share === null ? null : String(Math.round(100 * share)));
    el.style.setProperty('--done', String(share ?? 0));
  };
  return { el, set };
}

/**
 * @param {Filed} file @param {import('./share.js').Sharing} sharing
 * @returns {{el: HTMLElement, show: () => void}}  show: brings it up to date
 */
function createRow({ format: { title, line, params = [] }, make, blocked = () => '' }, { tell, suggest }) {
  /** @type {AbortController|null} */
  let work = null;
  const options = params.length ? createOptions(title, params, suggest) : null;
  const about = h('p', { class: 'share-line', text: line });
  const bar = createBar(say('share.files.progress', { title }));
  const show = () => {
    setHidden(bar.el, !work);
    button.replaceChildren(icon(work ? 'close' : 'download'));
    const name = say(work ? 'share.files.cancel' : 'share.files.download', { title });
    setAttribute(button, 'aria-label', name);
    button.title = name;
  };
  const set = (/** @type {AbortController|null} */ next) => {
    work = next;
    bar.set(null);
    show();
  };
  const fail = (/** @type {Error} */ { message, cause }) => {
    const own = Array.isArray(cause) ? options?.refuse(cause) : null;
    tell(say('share.files.failed', { title, reason: own ?? message }), 'alert');
  };
  const run = async () => {
    const { signal } = (work = new AbortController());
    set(work);
    tell(say('share.files.making', { title }));
    try {
      const { blob, name } = await make(signal, (share) => work?.signal === signal && bar.set(share), options?.values() ?? {});
      deliver(blob, name);
      tell(say('share.files.ready', { title, name }));
    } catch (error) {
      if (signal.aborted) tell(say('share.files.cancelled', { title }));
      else fail(/** @type {Error} */ (error));
    }
    if (work?.signal === signal) set(null);
  };
  const press = () => {
    if (work) {
      work.abort();
      set(null);
    } else if (options?.isFaulty()) tell(say('share.files.faulty', { title }), 'alert');
    else void run();
  };
  const button = h('button', { class: 'button-icon', type: 'button', on: { click: press } });
  set(null);
  const head = h('div', { class: 'share-file-head' }, h('b', { text: title }), options?.button);
  const update = () => {
    options?.show();
    const reason = work ? '' : blocked();
    button.disabled = reason !== '';
    setText(about, reason || line);
  };
  return { el: h('li', { class: 'share-file' }, head, about, button, options?.body, bar.el), show: update };
}

/** @param {Filed[]} files @param {import('./share.js').Sharing} sharing */
export function createFiles(files, sharing) {
  const rows = files.map((file) => createRow(file, sharing));
  const list = h('ul', { class: 'share-files' }, ...rows.map(({ el }) => el));
  const el = createPart(say('share.files.title'), say('share.files.line'), list);
  return { el, show: () => rows.forEach((row) => row.show()) };
}
