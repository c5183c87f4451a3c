// @ts-check
/** One quiet line under the rail: what the param that was last pointed at, or had the focus, does. */

import { byId, setText } from '../../core/dom.js';
import { say } from '../../core/words.js';

/** @param {Element|null} param */
function wordsOf(param) {
  const help = param?.querySelector('.help')?.textContent;
  const note = param?.querySelector('.note')?.textContent;
  return help && note ? `${help} ${note}` : help;
}

/**
 * Has `line` say what the param in `root` that was last pointed at does. @param {HTMLElement} root @param {HTMLElement} line
 * @param {string} welcome  what it says before that @returns {() => void} brings it up to date
 */
export function followHelp(root, line, welcome) {
  /** @type {Element|null} */
  let param = null;
  // A control may be gone by now, or say something else.
  const update = () => setText(line, wordsOf(param?.checkVisibility() ? param : null) ?? welcome);
  const show = (/** @type {Event} */ event) => {
    const met = /** @type {Element} */ (event.target).closest('.param');
    if (!wordsOf(met)) return;
    param = met;
    update();
  };
  root.addEventListener('pointerover', show);
  root.addEventListener('focusin', show);
  update();
  return update;
}

/** @param {HTMLElement} root @returns {import('../../core/types.js').Control} */
export function createHint(root) {
  return { update: followHelp(root, byId(root, 'hint'), say('hint.welcome')) };
}
