// @ts-check
/** The sign of an optimizer: a stroke in its colour and dash, with its marker. */

import { s, setAttribute } from '../../core/dom.js';
import { colourVar, dashOf, markerOf } from '../../core/palette.js';

/** Outlines around (0, 0), about 8 units wide. @type {Record<string, string>} */
const MARKERS = {
  circle: 'M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z',
  square: 'M-3.6-3.6h7.2v7.2h-7.2z',
  diamond: 'M0-4.8 4.8 0 0 4.8-4.8 0z',
  'triangle-up': 'M0-4.6 4.4 3.4h-8.8z',
  cross: 'M-1.5-4.5h3v3h3v3h-3v3h-3v-3h-3v-3h3z',
  'triangle-down': 'M0 4.6 4.4-3.4h-8.8z',
  star: 'M0-5 1.5-1.7 5-1.5 2.3.8 3.2 4.3 0 2.3-3.2 4.3-2.3.8-5-1.5-1.5-1.7z',
  hexagon: 'M-2.2-4h4.4L4.5 0 2.2 4h-4.4L-4.5 0z',
};

/** @returns {{el: SVGElement, set: (slot: number) => void}} */
export function createSwatch() {
  const line = s('path', { class: 'swatch-line', d: 'M1 8h26' });
  const marker = s('path', { class: 'swatch-marker', transform: 'translate(14 8)' });
  const el = s('svg', { class: 'swatch', viewBox: '0 0 28 16', 'aria-hidden': 'true' }, line, marker);
  let shown = -1;
  const set = (/** @type {number} */ slot) => {
    if (slot === shown) return;
    shown = slot;
    el.style.color = colourVar(slot);
    setAttribute(line, 'stroke-dasharray', dashOf(slot).map((each) => each / 2).join(' ') || null);
    setAttribute(marker, 'd', MARKERS[markerOf(slot)]);
  };
  return { el, set };
}
