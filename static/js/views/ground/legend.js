// @ts-check
/** What the quiet marks on the field mean; only the kinds that this surface has. */

import { say } from '../../core/words.js';
import { addElement, createLayer } from '../drawing/layer.js';
import { drawPoint } from '../drawing/marks.js';

/** @typedef {import('../../core/types.js').Point} Point */

/** @type {[Point['kind'], import('../../core/words.js').Key][]} */
const KINDS = [
  ['global', 'ground.points.global'],
  ['local', 'ground.points.local'],
  ['saddle', 'ground.points.saddle'],
];
const ICON = 16; // px

/** @param {HTMLElement} host */
export function createLegend(host) {
  const el = addElement(host, 'div', 'plot-legend');
  return {
    /** @param {Point[]} points */
    update(points) {
      const shown = KINDS.filter(([kind]) => points.some((point) => point.kind === kind));
      el.replaceChildren(...shown.map(([kind, key]) => entry(kind, say(key))));
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
