// @ts-check
/** A row of tabs: one is chosen, arrow keys move along, Tab leaves. */

import { h, setAttribute } from '../../core/dom.js';

/** @typedef {{id: string, title: string, short?: string}} Tab  short: what is written, where the title is too long */

/** The tab of a curve. @param {import('../../core/profiletypes.js').Curve} curve @returns {Tab} */
export function tabOf({ id, name, short }) {
  return { id, title: name, short };
}

/** @param {HTMLElement[]} tabs @param {KeyboardEvent} event */
function moveAlong(tabs, event) {
  const at = tabs.indexOf(/** @type {HTMLElement} */ (event.currentTarget));
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  const next = tabs[(to + tabs.length) % tabs.length];
  next.focus();
  next.click();
}

/**
 * @param {HTMLElement} host @param {string} name @param {string} panel id of the element they switch
 * @param {(id: any) => void} choose
 */
export function createTabs(host, name, panel, choose) {
  /** Those that are offered. @type {HTMLElement[]} */
  let tabs = [];
  let words = '';
  const list = h('div', { class: 'tabs', role: 'tablist', 'aria-label': name });
  host.prepend(list);
  const createTab = (/** @type {Tab} */ { id, title, short }) => {
    const tab = h('button', {
      class: 'tab', type: 'button', role: 'tab', id: `tab-${id}`, 'aria-controls': panel, text: short || title, title: short ? title : undefined,
      'aria-label': short ? title : undefined, on: { click: () => choose(id) },
    });
    tab.addEventListener('keydown', (event) => moveAlong(tabs, event));
    return tab;
  };
  return {
    /** Only these can be chosen, until then none. @param {Tab[]} offered */
    offer: (offered) => {
      const now = JSON.stringify(offered);
      if (now === words) return;
      words = now;
      const focused = tabs.find((tab) => tab === document.activeElement)?.id;
      tabs = offered.map(createTab);
      list.replaceChildren(...tabs);
      tabs.find((tab) => tab.id === focused)?.focus();
    },
    /** @param {string} chosen */
    update: (chosen) => {
      for (const tab of tabs) {
        const selected = tab.id === `tab-${chosen}`;
        setAttribute(tab, 'aria-selected', String(selected));
        setAttribute(tab, 'tabindex', selected ? '0' : '-1');
      }
    },
  };
}
