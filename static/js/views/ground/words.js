// @ts-check
/** What is said beside the picture of a plane: how far it can be trusted, and a calm word while it is not known yet. */

import { say } from '../../core/words.js';
import { addElement } from '../drawing/layer.js';

/** @typedef {import('../../core/types.js').Plane} Plane */

/** The share that a picture holds, and a sentence. @param {HTMLElement} host */
export function createPlaneNote(host) {
  const el = addElement(host, 'p', 'plane-note');
  const share = addElement(el, 'span', 'plane-share');
  const text = addElement(el, 'span', 'plane-words');
  el.setAttribute('role', 'note');
  share.setAttribute('role', 'img');
  el.hidden = true;
  return {
    /** Takes its room while it is there, so that nothing moves when its words come. @param {boolean} there @param {Plane|null} plane */
    update(there, plane) {
      el.hidden = !there;
      share.hidden = plane === null;
      text.textContent = '';
      if (!plane) return;
      share.style.setProperty('--part', String(plane.share));
      share.title = say('ground.share', { share: formatShare(plane.share) });
      share.setAttribute('aria-label', share.title);
      text.textContent = plane.exact ? say('ground.whole') : plane.sentence;
      el.title = plane.exact ? '' : say('ground.faint');
    },
  };
}

/** Never 100 where anything is left out. @param {number} share */
function formatShare(share) {
  return share < 1 ? Math.min(99.9, 100 * share).toFixed(1) : '100';
}

/** A word in place of the picture. @param {HTMLElement} host */
export function createWait(host) {
  const el = addElement(host, 'p', 'pane-wait');
  el.hidden = true;
  return {
    /** @param {string} text '' shows the picture */
    update(text) {
      if (el.textContent !== text) el.textContent = text;
      el.hidden = text === '';
      host.classList.toggle('is-waiting', text !== '');
    },
  };
}
