// @ts-check
/** A row of tabs: one is chosen, arrow keys move along, Tab leaves. */

import { h, setAttribute, setHidden, setText } from '../core/dom.js';

/** @typedef {{id: string, title: string, short?: string}} Tab  short: what is written, where the title is too long */

/** @param {HTMLElement[]} all @param {KeyboardEvent} event */
function moveAlong(all, event) {
  const tabs = all.filter((tab) => !tab.hidden);
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
 * @param {Tab[]} entries @param {(id: any) => void} choose
 */
export function createTabs(host, name, panel, entries, choose) {
  const tabs = entries.map(({ id, title, short }) =>
    h('button', {
      class: 'tab', type: 'button', role: 'tab', id: `tab-${id}`, 'aria-controls': panel, hidden: true, text: short ?? title, title: short && title,
      'aria-label': short && title, on: { click: () => choose(id) },
    }));
  for (const tab of tabs) tab.addEventListener('keydown', (event) => moveAlong(tabs, event));
  const list = h('div', { class: 'tabs', role: 'tablist', 'aria-label': name }, ...tabs);
  host.prepend(list);
  return {
    /** Only these can be chosen, until then none. @param {readonly string[]} ids */
    offer: (ids) => entries.forEach(({ id }, index) => setHidden(tabs[index], !ids.includes(id))),
    /** @param {string} id @param {string} title */
    rename: (id, title) => setText(tabs[entries.findIndex((entry) => entry.id === id)], title),
    /** @param {string} chosen */
    update: (chosen) => {
      entries.forEach(({ id }, index) => {
        setAttribute(tabs[index], 'aria-selected', String(id === chosen));
        setAttribute(tabs[index], 'tabindex', id === chosen ? '0' : '-1');
      });
    },
  };
}
