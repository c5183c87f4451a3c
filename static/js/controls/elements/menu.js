// @ts-check
/** A button that opens a menu in the top layer. Arrow keys move, Escape closes, focus comes back to the button. */

import { all, h, setAttribute } from '../../core/dom.js';

/** @typedef {{title: string, line?: string, keys?: string, icon?: Node, disabled?: boolean, run: () => void}} MenuItem */

const GAP = 4;
const EDGE = 8;

/** Below the button, or above it where there is more room. @param {HTMLElement} menu @param {HTMLElement} button */
function place(menu, button) {
  const at = button.getBoundingClientRect();
  const below = innerHeight - at.bottom - GAP - EDGE;
  const above = at.top - GAP - EDGE;
  const up = menu.scrollHeight > below && above > below;
  menu.style.maxHeight = `${up ? above : below}px`;
  menu.style.top = up ? 'auto' : `${at.bottom + GAP}px`;
  menu.style.bottom = up ? `${innerHeight - at.top + GAP}px` : 'auto';
  menu.style.left = `${Math.max(EDGE, Math.min(at.left, innerWidth - menu.offsetWidth - EDGE))}px`;
}

/** @param {MenuItem} item @param {() => void} close */
function createItem(item, close) {
  const act = () => {
    close();
    item.run();
  };
  const line = item.line ? h('span', { class: 'menu-line', text: item.line }) : null;
  const words = h('span', { class: 'menu-words' }, h('span', { class: 'menu-title', text: item.title }), line);
  return h('button', {
    class: 'menu-item', type: 'button', role: 'menuitem', tabindex: -1, disabled: item.disabled, on: { click: act },
  }, item.icon, words, item.keys && h('kbd', { 'aria-hidden': 'true', text: item.keys }));
}

/** The one item that Tab finds is the one that has the focus. @param {HTMLElement[]} items @param {HTMLElement|undefined} chosen */
function focusItem(items, chosen) {
  for (const item of items) item.tabIndex = item === chosen ? 0 : -1;
  chosen?.focus();
}

/** @param {HTMLElement} menu @param {KeyboardEvent} event */
function moveFocus(menu, event) {
  const items = all(menu, '.menu-item:not(:disabled)');
  const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  focusItem(items, items[(to + items.length) % items.length]);
}

/**
 * Makes `button` open a menu whose items are asked for each time it opens.
 * @param {HTMLButtonElement} button @param {string} name @param {() => MenuItem[]} itemsOf @param {string} [className]
 */
export function attachMenu(button, name, itemsOf, className = '') {
  const menu = h('div', { class: `menu ${className}`, role: 'menu', 'aria-label': name, popover: 'auto' });
  const close = () => {
    menu.hidePopover();
    button.focus();
  };
  menu.addEventListener('keydown', (event) => {
    if (event.key === 'Tab') close();
    else moveFocus(menu, event);
  });
  menu.addEventListener('toggle', (event) => {
    const open = /** @type {ToggleEvent} */ (event).newState === 'open';
    setAttribute(button, 'aria-expanded', String(open));
    if (!open) menu.remove();
  });
  setAttribute(button, 'aria-haspopup', 'menu');
  setAttribute(button, 'aria-expanded', 'false');
  // A press on the button closes an open menu before the click arrives, which must not open it again.
  let closing = false;
  button.addEventListener('pointerdown', () => (closing = menu.isConnected));
  button.addEventListener('click', () => {
    const stay = closing || menu.isConnected;
    closing = false;
    if (stay) return;
    menu.replaceChildren(...itemsOf().map((item) => createItem(item, close)));
    button.after(menu);
    menu.showPopover();
    place(menu, button);
    const items = all(menu, '.menu-item:not(:disabled)');
    focusItem(items, items[0]);
  });
}
