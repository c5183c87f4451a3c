// @ts-check
/** The scales of the curves: each axis linear or logarithmic. */

import { h, setAttribute } from '../../core/dom.js';
import { say } from '../../core/words.js';

/** @typedef {import('../../core/types.js').View['log']} Log */

/** @param {string} text @param {string} title @param {() => void} act */
function createToggle(text, title, act) {
  return h('button', { class: 'toggle', type: 'button', 'aria-pressed': 'false', 'aria-label': title, title, text, on: { click: act } });
}

/** @param {(log: Log) => void} choose */
export function createLogToggles(choose) {
  let shown = { x: false, y: false };
  const x = createToggle(say('curves.log-x'), say('curves.log-x.title'), () => choose({ ...shown, x: !shown.x }));
  const y = createToggle(say('curves.log-y'), say('curves.log-y.title'), () => choose({ ...shown, y: !shown.y }));
  return {
    el: h('div', { class: 'toggles' }, x, y),
    /** @param {Log} log @param {import('../../core/profiletypes.js').Curve} curve */
    update: (log, curve) => {
      shown = log;
      setAttribute(x, 'aria-pressed', String(log.x));
      setAttribute(y, 'aria-pressed', String(log.y));
      y.disabled = !curve.log;
    },
  };
}
