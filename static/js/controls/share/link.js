// @ts-check
/** The two links of the share dialog: the address, which holds everything, and a short one, which the server keeps. */

import { h, setText, uniqueId } from '../../core/dom.js';
import { say } from '../../core/words.js';
import { copyField } from './clipboard.js';

/** @typedef {import('./share.js').Sharing} Sharing */
/** @typedef {{id: string, url: string, embed_url: string}} Kept  what a short link leads to */

const LONGEST_TITLE = 120;

/** A text that is only copied. @param {string} name */
function createCopied(name) {
  const field = h('input', { class: 'entry share-text', type: 'text', readonly: true, 'aria-label': name, spellcheck: 'false' });
  field.addEventListener('focus', () => field.select());
  return field;
}

/** @param {HTMLInputElement|HTMLTextAreaElement} field @param {string} done @param {Sharing} sharing */
export async function copy(field, done, { tell }) {
  if (await copyField(field)) tell(done);
  else tell(say('share.by-hand'), 'alert');
}

/** @param {string} title @param {string} line @param {...Node} content */
export function createPart(title, line, ...content) {
  const heading = h('h3', { id: uniqueId('share'), text: title });
  return h('section', { class: 'share-part', 'aria-labelledby': heading.id }, heading, h('p', { class: 'share-line', text: line }), ...content);
}

/** @param {Sharing} sharing */
export function createLink(sharing) {
  const field = createCopied(say('share.link'));
  const button = h('button', {
    class: 'button button-first', type: 'button', text: say('share.link.copy'),
    on: { click: () => copy(field, say('share.link.copied'), sharing) },
  });
  const el = createPart(say('share.link.title'), say('share.link.line'), h('div', { class: 'share-row' }, field, button));
  return { el, show: () => void (field.value = sharing.link()), focus: () => button.focus() };
}

/** @param {() => void} onChange */
function createTitle(onChange) {
  return h('input', {
    class: 'entry share-text', type: 'text', maxlength: LONGEST_TITLE, 'aria-label': say('share.name'), placeholder: say('share.name.placeholder'),
    on: { input: onChange },
  });
}

/**
 * The link belongs to the title and the experiment that it was made of: where one of these is another by now, it is not shown.
 * @param {Sharing} sharing @param {() => void} onChange  it was made, or is not the right one any more
 */
export function createShortLink(sharing, onChange) {
  const field = createCopied(say('share.short'));
  /** @type {{of: string, kept: Kept}|null} */
  let last = null;
  let making = false;
  const made = () => (last?.of === sharing.content() ? last.kept : null);
  const button = h('button', { class: 'button', type: 'button', on: { click: () => (made() ? copy(field, say('share.short.copied'), sharing) : make()) } });
  const show = () => {
    field.value = made()?.url ?? '';
    field.placeholder = say(making ? 'share.short.being-made' : last ? 'share.short.changed' : 'share.short.not-made');
    setText(button, say(made() ? 'share.short.copy' : 'share.short.make'));
    onChange();
  };
  const title = createTitle(show);
  const make = async () => {
    if (making) return;
    making = true;
    show();
    const of = sharing.content();
    try {
      last = { of, kept: await sharing.save() };
    } catch (error) {
      sharing.tell(/** @type {Error} */ (error).message, 'alert');
      return;
    } finally {
      making = false;
      show();
    }
    if (made()) await copy(field, say('share.short.made'), sharing);
    else sharing.tell(say('share.short.overtaken'), 'alert');
  };
  const open = () => {
    last = null;
    show();
  };
  const el = createPart(say('share.short.title'), say('share.short.line'), title, h('div', { class: 'share-row' }, field, button));
  return { el, open, show, made, get title() { return title.value.trim(); } };
}
