// @ts-check
/** The link as a QR code, as large as the screen, black on white in every theme: for a projector. */

import { h, setText } from '../../core/dom.js';
import { createDialog } from '../elements/dialog.js';
import { createPart } from './link.js';

/** @param {import('./share.js').Sharing} sharing @param {() => string} linkOf  the short link, or else the whole one */
export function createQr(sharing, linkOf) {
  const picture = h('img', { class: 'qr-picture', alt: 'QR code of the link' });
  const words = h('p', { class: 'qr-words' });
  const dialog = createDialog('QR code', 'dialog-qr', picture, words);
  dialog.addEventListener('close', () => URL.revokeObjectURL(picture.src));
  const show = async () => {
    const text = linkOf();
    button.disabled = true;
    try {
      picture.src = URL.createObjectURL(await sharing.fetchQr(text));
      setText(words, text);
      dialog.showModal();
    } catch (error) {
      sharing.tell(`${/** @type {Error} */ (error).message} A short link makes a smaller code.`, 'alert');
    } finally {
      button.disabled = false;
    }
  };
  const button = h('button', { class: 'button', type: 'button', text: 'Show QR code', on: { click: show } });
  const el = createPart('QR code', 'For a projector: phones open the link. Make a short link first, and it is read from the last row.', button);
  el.classList.add('share-aside');
  return { el };
}
