// @ts-check
/** The dialog behind the link button: links, a QR code, a snippet to embed, and files. */

import { h, setAttribute, setText } from '../core/dom.js';
import { createDialog } from './dialog.js';
import { createEmbed } from './shareembed.js';
import { createFiles } from './sharefiles.js';
import { createLink, createPart, createShortLink } from './sharelink.js';
import { createQr } from './shareqr.js';

/** @typedef {import('../core/types.js').Context} Context @typedef {import('../core/types.js').Model} Model */

/**
 * @typedef {Object} Sharing  What the parts of the dialog work with.
 * @property {() => string} link  the whole address of what is shown
 * @property {() => Promise<{id: string, url: string, embed_url: string}>} save  keeps it under a short link
 * @property {(text: string) => Promise<Blob>} fetchQr
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
  const saved = pathname.startsWith('/e/');
  return saved ? `${origin}${pathname.replace('/e/', '/embed/')}${search}` : `${origin}/?embed=1&${search.slice(1)}`;
}

/** @param {() => void} compare */
function createBeside(compare) {
  const button = h('button', { class: 'button', type: 'button', text: 'Compare with…', on: { click: compare } });
  return createPart('Compare', 'Shows this experiment and another one side by side, with a table of what differs.', button);
}

/** @param {Context} context @param {() => void} compare  asks for another experiment to show beside this one */
export function createShare({ catalog, commands, files }, compare) {
  const told = createTold();
  /** @type {Model|null} */
  let model = null;
  const shared = () => {
    if (!model) throw new Error('The experiment is not there yet.');
    const { title } = short;
    return { experiment: model.experiment, view: commands.viewDocument(), ...(title && { title }) };
  };
  const { signal } = new AbortController();
  /** @type {Sharing} */
  const sharing = {
    link: commands.link,
    save: () => files.save(shared(), signal),
    fetchQr: (text) => files.fetchQr(text, signal),
    tell: told.tell,
  };
  const link = createLink(sharing);
  const short = createShortLink(sharing, () => embed.write());
  const qr = createQr(sharing, () => short.made?.url ?? commands.link());
  const embed = createEmbed(sharing, () => short.made?.embed_url ?? embedded(commands.link()));
  const all = catalog.formats.map((format) => ({ format, make: files.maker(format, shared) }));
  const taken = createFiles([...all, ...files.films], sharing);
  const beside = createBeside(() => {
    dialog.close();
    compare();
  });
  const dialog = createDialog('Share', 'dialog-share', link.el, short.el, qr.el, embed.el, beside, taken.el);
  dialog.append(told.el);
  const open = () => {
    told.tell('');
    link.open();
    short.open();
    dialog.showModal();
    link.focus();
  };
  return { open, update: (/** @type {Model} */ next) => void (model = next) };
}
