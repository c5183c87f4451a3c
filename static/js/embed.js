// @ts-check
/**
 * The page as a part of another one: what of it is shown, and in which colours, as its address says.
 *
 *   /embed/abcd2345?hide=tabs,legend&show=curves&theme=dark
 */

import { plainQuery } from './state/addresstext.js';

const asked = new URLSearchParams(plainQuery(location.search));

/** Whether this page is made to stand in another one. */
export const embedded = document.documentElement.dataset.embed !== undefined;

/** What can be hidden, and what stands there unless it is. @type {Record<string, boolean>} */
const PARTS = {
  transport: true, tabs: true, legend: true, link: true,
  curves: false, ranking: false, cards: false, problem: false,
};

/** The colours that the address asks for. @returns {{theme?: 'light'|'dark'}} */
export function addressedTheme() {
  const theme = asked.get('theme');
  return theme === 'light' || theme === 'dark' ? { theme } : {};
}

/** Shows and hides parts of the page, once. */
export function arrangeParts() {
  if (!embedded) return;
  const [hidden, shown] = ['hide', 'show'].map((key) => asked.getAll(key).flatMap((text) => text.split(',')));
  const parts = Object.keys(PARTS).filter((part) => !hidden.includes(part) && (PARTS[part] || shown.includes(part)));
  document.documentElement.dataset.shown = parts.join(' ');
}

/** Where the link to the whole playground leads. @param {string} address */
export function openLink(address) {
  const link = document.getElementById('embed-link');
  if (link instanceof HTMLAnchorElement) link.href = address;
}
