// @ts-check
/** What solid, dashed and thin lines of a chart are, where it has more than one kind. */

import { say } from '../../core/words.js';
import { addElement } from '../drawing/layer.js';

/** @typedef {import('../../core/profiletypes.js').Role} Role */

/** What the lines of a role are called. @type {Record<Role, import('../../core/words.js').Key>} */
export const ROLES = { only: 'curves.roles.only', train: 'curves.roles.train', test: 'curves.roles.test', batch: 'curves.roles.batch' };

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
  el.append(line, say(ROLES[role]));
  return el;
}
