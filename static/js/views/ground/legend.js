// @ts-check
/** What the quiet marks on the field mean; only the kinds that this surface has. */

import { addElement, createLayer } from '../drawing/layer.js';
import { drawPoint } from '../drawing/marks.js';

/** @typedef {import('../../core/types.js').Point} Point */

/** @type {[Point['kind'], string][]} */
const KINDS = [
  ['global', 'global minimum'],
  ['local', 'local minimum'],
  ['saddle', 'saddle'],
];
const ICON = 16; // px

/** @param {HTMLElement} host */
export function createLegend(host) {
  const el = addElement(host, 'div', 'plot-legend');
  return {
    /** @param {Point[]} points */
    update(points) {
      const shown = KINDS.filter(([kind]) => points.some((point) => point.kind === kind));
      el.replaceChildren(...shown.map(([kind, text]) => entry(kind, text)));
      el.hidden = shown.length === 0;
    },
  };
}

/** @param {Point['kind']} kind @param {string} text */
function entry(kind, text) {
  const el = document.createElement('span');
  const icon = createLayer('plot-legend-icon');
  icon.resize(ICON, ICON);
  drawPoint(icon.context, kind, ICON / 2, ICON / 2);
  el.append(icon.el, text);
  return el;
}
