// @ts-check
/** The names of the optimizers under an embedded stage; no such line, no such names. */

import { h } from '../../core/dom.js';
import { createSwatch } from '../elements/swatch.js';

/** @param {HTMLElement} root @returns {import('../../core/types.js').Control} */
export function createEmbedLegend(root) {
  /** @type {HTMLElement|null} */
  const host = root.querySelector('#embed-legend');
  if (host) letScroll(host);
  /** @type {object|null} */
  let optimizers = null;
  /** @type {object|null} */
  let styles = null;
  const update = (/** @type {import('../../core/types.js').Model} */ { experiment, view }) => {
    if (!host || (experiment.optimizers === optimizers && view.styles === styles)) return;
    [optimizers, styles] = [experiment.optimizers, view.styles];
    const seen = experiment.optimizers.flatMap(({ label }, index) => {
      const style = view.styles[index];
      return style && !style.hidden ? [{ label, slot: style.slot }] : [];
    });
    host.replaceChildren(...seen.map(({ label, slot }) => createEntry(label, slot)));
  };
  return { update };
}

/** Where not all names have room, the line can be reached and moved by keys. @param {HTMLElement} host */
function letScroll(host) {
  const look = () => {
    if (host.scrollWidth > host.clientWidth) host.tabIndex = 0;
    else host.removeAttribute('tabindex');
  };
  new ResizeObserver(look).observe(host);
  new MutationObserver(look).observe(host, { childList: true });
  host.addEventListener('keydown', (event) => {
    // These move the player elsewhere.
    if (['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key)) event.stopPropagation();
  });
}

/** @param {string} label @param {number} slot */
function createEntry(label, slot) {
  const swatch = createSwatch();
  swatch.set(slot);
  return h('span', { role: 'listitem' }, swatch.el, h('bdi', { text: label }));
}
