// @ts-check
/** Copying, also where the page came without HTTPS and browsers offer no clipboard. */

import { h } from '../../core/dom.js';

/** Copies a text that stands nowhere on the page. @param {string} text @returns {Promise<boolean>} whether it was copied */
export async function copyText(text) {
  const field = h('textarea', { class: 'unseen', 'aria-hidden': 'true', tabindex: -1 });
  field.value = text;
  const focused = /** @type {HTMLElement|null} */ (document.activeElement);
  document.body.append(field);
  const copied = await copyField(field);
  field.remove();
  focused?.focus();
  return copied;
}

/**
 * Copies what `field` shows. Where nothing else works the text is left selected, for the keys of the system.
 * @param {HTMLInputElement|HTMLTextAreaElement} field @returns {Promise<boolean>} whether it was copied
 */
export async function copyField(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    // Not there without HTTPS, or not allowed.
  }
  const focused = /** @type {HTMLElement|null} */ (document.activeElement);
  field.focus();
  field.select();
  if (!document.execCommand('copy')) return false;
  focused?.focus();
  return true;
}
