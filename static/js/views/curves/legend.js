// @ts-check
/** What solid, dashed and thin lines of a chart are, where it has more than one kind. */

import { addElement } from '../drawing/layer.js';

/** @typedef {import('../../core/profiletypes.js').Role} Role */

/** @type {Role[]} */
const TOLD = ['train', 'test', 'batch'];

/** @param {HTMLElement} host */
export function createCurveLegend(host) {
  const el = addElement(host, 'div', 'curve-legend');
  let shown = '';
  return {
    get told() {
      return shown !== '';
    },
    /** @param {Role[]} roles of the lines in the chart */
    update(roles) {
      const kinds = TOLD.filter((role) => roles.includes(role));
      const key = kinds.join();
      if (key === shown) return;
      shown = key;
      el.replaceChildren(...kinds.map(entry));
    },
  };
}

/** @param {Role} role */
function entry(role) {
  const el = document.createElement('span');
  const line = document.createElement('i');
  line.dataset.role = role;
  el.append(line, role);
  return el;
}
