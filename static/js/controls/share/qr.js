// @ts-check
/** The link as a QR code, as large as the screen, black on white in every theme: for a projector. */

import { h, setText } from '../../core/dom.js';
import { say } from '../../core/words.js';
import { createDialog } from '../elements/dialog.js';
import { createPart } from './link.js';

/** @param {import('./share.js').Sharing} sharing @param {() => string} linkOf  the short link, or else the whole one */
export function createQr(sharing, linkOf) {
  const picture = h('img', { class: 'qr-picture', alt: say('share.qr.picture') });
  const words = h('p', { class: 'qr-words' });
  const dialog = createDialog(say('share.qr.title'), 'dialog-qr', picture, words);
  dialog.addEventListener('close', () => URL.revokeObjectURL(picture.src));
  const show = async () => {
    const text = linkOf();
    button.disabled = true;
    try {
      picture.src = URL.createObjectURL(await sharing.fetchQr(text));
      setText(words, text);
      dialog.showModal();
    } catch (error) {
      sharing.tell(say('share.qr.too-large', { reason: /** @type {Error} */ (error).message }), 'alert');
    } finally {
      button.disabled = false;
    }
  };
  const button = h('button', { class: 'button', type: 'button', text: say('share.qr.show'), on: { click: show } });
  const el = createPart(say('share.qr.title'), say('share.qr.line'), button);
  el.classList.add('share-aside');
  return { el };
}
