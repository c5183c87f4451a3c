// @ts-check
/** "Compare with…": asks for another experiment, and opens the page that shows both side by side. */
import { ROOT, rooted } from '../../core/root.js';
import { say } from '../../core/words.js';
import { inLanguage } from '../../state/language.js';
import { compareAddress, NoSource, readSource } from '../../state/source.js';
import { createDialog } from '../elements/dialog.js';
import { createPicker } from '../elements/picker.js';

/** @param {{link: () => string}} commands  link: the whole address of what is shown @returns {{open: () => void}} */
export function createCompare({ link }) {
  const picker = createPicker(say('compare.ask'), say('compare.do'), async (text) => {
    try {
      const address = rooted(compareAddress(readSource(link(), ROOT), readSource(text, ROOT)));
      location.assign(inLanguage(address, location.search));
      return '';
    } catch (error) {
      if (error instanceof NoSource) return error.message;
      throw error;
    }
  });
  const dialog = createDialog(say('compare.with'), 'dialog-picker', picker.el);
  return {
    open: () => {
      picker.tell('');
      dialog.showModal();
      picker.entry.select();
    },
  };
}
