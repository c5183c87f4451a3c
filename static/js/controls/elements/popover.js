// @ts-check
/** A button that opens a small sheet below itself. Escape and a press elsewhere close it. */

import { setAttribute, uniqueId } from '../../core/dom.js';

const GAP = 4;
const EDGE = 8;

/** @param {HTMLElement} sheet @param {HTMLElement} button */
function place(sheet, button) {
  const at = button.getBoundingClientRect();
  sheet.style.maxHeight = `${innerHeight - at.bottom - GAP - EDGE}px`;
  sheet.style.top = `${at.bottom + GAP}px`;
  sheet.style.left = `${Math.max(EDGE, Math.min(at.left, innerWidth - sheet.offsetWidth - EDGE))}px`;
}

/** Both stand in the page. @param {HTMLButtonElement} button @param {HTMLElement} sheet */
export function attachPopover(button, sheet) {
  sheet.id ||= uniqueId('sheet');
  sheet.classList.add('popover-sheet');
  sheet.popover = 'auto';
  button.popoverTargetElement = sheet;
  setAttribute(button, 'aria-haspopup', 'dialog');
  setAttribute(button, 'aria-controls', sheet.id);
  setAttribute(button, 'aria-expanded', 'false');
  sheet.addEventListener('toggle', (event) => {
    const open = /** @type {ToggleEvent} */ (event).newState === 'open';
    setAttribute(button, 'aria-expanded', String(open));
    if (open) place(sheet, button);
  });
}
