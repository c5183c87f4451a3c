// @ts-check
/** Copying, also where the page came without HTTPS and browsers offer no clipboard. */

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
