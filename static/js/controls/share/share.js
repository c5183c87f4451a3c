// @ts-check
/** The dialog behind the link button: links, a QR code, a snippet to embed, and files. */

import { h, setAttribute, setText } from '../../core/dom.js';
import { rooted } from '../../core/root.js';
import { say } from '../../core/words.js';
import { createDialog } from '../elements/dialog.js';
import { createEmbed } from './embed.js';
import { createFiles } from './files.js';
import { createLink, createPart, createShortLink } from './link.js';
import { createQr } from './qr.js';

/** @typedef {import('../../core/types.js').Context} Context @typedef {import('../../core/types.js').Model} Model */

/**
 * @typedef {Object} Sharing  What the parts of the dialog work with.
 * @property {() => string} link  the whole address of what is shown
 * @property {() => string} content  all of what is shown and its title; equal texts have the same short link
 * @property {() => Promise<import('./link.js').Kept>} save  keeps it under a short link
 * @property {(text: string) => Promise<Blob>} fetchQr
 * @property {() => Record<string, any>} suggest  options of files that suit the page as it is
 * @property {(text: string, kind?: 'status'|'alert') => void} tell  in the line at the foot of the dialog
 */

/** The line at the foot, read aloud; it keeps its place when it is empty. */
function createTold() {
  const el = h('p', { class: 'share-told', role: 'status' });
  const tell = (/** @type {string} */ text, /** @type {'status'|'alert'} */ kind = 'status') => {
    setAttribute(el, 'data-kind', kind);
    setText(el, text);
  };
  return { el, tell };
}

/** The address of what `link` opens as a part of another page. @param {string} link */
function embedded(link) {
  const { origin, pathname, search } = new URL(link);
  const saved = rooted('/e/');
  if (!pathname.startsWith(saved)) return `${origin}${rooted('/')}?embed=1&${search.slice(1)}`;
  return `${origin}${rooted('/embed/')}${pathname.slice(saved.length)}${search}`;
}

/** What links say of the page; while something moves it to and fro, what they said before. @param {Context['commands']} commands */
function createSight(commands) {
  const look = () => ({ link: commands.link(), view: commands.viewDocument() });
  /** @type {ReturnType<typeof look>|null} */
  let held = null;
  /** @type {<T>(work: () => Promise<T>) => Promise<T>} */
  const hold = async (work) => {
    held = look();
    try {
      return await work();
    } finally {
      held = null;
    }
  };
  return { now: () => held ?? look(), hold };
}

/** @param {() => void} compare */
function createBeside(compare) {
  const button = h('button', { class: 'button', type: 'button', text: say('compare.with'), on: { click: compare } });
  const el = createPart(say('compare.title'), say('share.compare.line'), button);
  el.classList.add('share-aside');
  return el;
}

/** @param {Context} context @param {() => void} compare  asks for another experiment to show beside this one */
export function createShare({ catalog, commands, files }, compare) {
  const told = createTold();
  const sight = createSight(commands);
  /** @type {Model|null} */
  let model = null;
  const shared = () => {
    if (!model) throw new Error(say('share.not-there'));
    const { title } = short;
    return { experiment: model.experiment, view: sight.now().view, ...(title && { title }) };
  };
  const { signal } = new AbortController();
  /** @type {Sharing} */
  const sharing = {
    link: () => sight.now().link,
    content: () => JSON.stringify(shared()),
    save: () => files.save(shared(), signal),
    fetchQr: (text) => files.fetchQr(text, signal),
    suggest: files.suggest,
    tell: told.tell,
  };
  const link = createLink(sharing);
  const short = createShortLink(sharing, () => embed.write());
  const qr = createQr(sharing, () => short.made()?.url ?? sharing.link());
  const embed = createEmbed(sharing, () => short.made()?.embed_url ?? embedded(sharing.link()));
  const all = catalog.formats.map((format) => ({ format, make: files.maker(format, shared) }));
  /** @type {typeof files.videos} */
  const videos = files.videos.map((video) => ({ ...video, make: (...how) => sight.hold(() => video.make(...how)) }));
  const taken = createFiles([...all, ...videos], sharing);
  const beside = createBeside(() => {
    dialog.close();
    compare();
  });
  const dialog = createDialog(say('share.title'), 'dialog-share', link.el, short.el, qr.el, beside, taken.el, embed.el);
  dialog.append(told.el);
  let shown = '';
  /** What is behind the dialog may change: another page of the history, or a race that has just become whole. */
  const show = () => {
    taken.show();
    const now = sharing.content();
    if (now === shown) return;
    shown = now;
    link.show();
    short.show();
  };
  const open = () => {
    told.tell('');
    shown = '';
    short.open();
    show();
    dialog.showModal();
    link.focus();
  };
  const update = (/** @type {Model} */ next) => {
    model = next;
    if (dialog.open) show();
  };
  return { open, update };
}
