// @ts-check
/** Everything that an experiment can be taken away as, one line each, with a button that gives the file. */

import { h, setAttribute, setHidden, setText, uniqueId } from '../core/dom.js';
import { icon } from './icons.js';
import { createPart } from './sharelink.js';

/**
 * @typedef {import('../core/types.js').FileMaker} FileMaker  makes the file, tells how far it is, and stops when it is told to
 * @typedef {{id: string, title: string, line: string}} Format
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

/** @param {Format} format @param {FileMaker} make @param {import('./share.js').Sharing} sharing */
function createRow({ title, line }, make, { tell }) {
  /** @type {AbortController|null} */
  let work = null;
  const words = h('span', { id: uniqueId('file') }, h('b', { text: title }), h('span', { class: 'share-line', text: line }));
  const bar = createBar(`making: ${title}`);
  const set = (/** @type {AbortController|null} */ next) => {
    work = next;
    setHidden(bar.el, !work);
    bar.set(null);
    button.replaceChildren(icon(work ? 'close' : 'download'));
    const name = work ? `Cancel ${title}` : `Download ${title}`;
    setAttribute(button, 'aria-label', name);
    button.title = name;
  };
  const run = async () => {
    const { signal } = (work = new AbortController());
    set(work);
    tell(`Making: ${title}…`);
    try {
      const { blob, name } = await make(signal, (share) => work?.signal === signal && bar.set(share));
      deliver(blob, name);
      tell(`${title} is ready: ${name}`);
    } catch (error) {
      if (signal.aborted) tell(`${title}: cancelled.`);
      else tell(`${title}: ${/** @type {Error} */ (error).message}`, 'alert');
    }
    if (work?.signal === signal) set(null);
  };
  const press = () => {
    if (!work) void run();
    else {
      work.abort();
      set(null);
    }
  };
  const button = h('button', { class: 'button-icon', type: 'button', on: { click: press } });
  set(null);
  return h('li', { class: 'share-file' }, words, button, bar.el);
}

/** @param {{format: Format, make: FileMaker}[]} files @param {import('./share.js').Sharing} sharing */
export function createFiles(files, sharing) {
  const list = h('ul', { class: 'share-files' }, ...files.map(({ format, make }) => createRow(format, make, sharing)));
  return { el: createPart('Take it away', 'As you see it now, with every number of the run.', list) };
}
