// @ts-check
/** The batch size: some of the training samples at each step, or all of them. */

import { h, setAttribute } from '../core/dom.js';
import { createParam } from './param.js';

/** @typedef {import('../core/types.js').Param} Param */

/** A usual size, for who turns "all" off. */
const USUAL = 32;
const HELP = 'Samples that a step learns from; fewer are quicker and make the path noisy.';

/** @param {Param} param @param {(value: number|null, live: boolean) => void} change */
export function createBatch(param, change) {
  let most = 1;
  let last = USUAL;
  const control = createParam({ ...param, optional: false, help: HELP }, {
    quiet: true,
    reset: () => most,
    change: (value, live) => change(value === most ? null : value, live),
  });
  const toggle = h('button', {
    class: 'toggle', type: 'button', text: 'all', 'aria-label': 'all samples', 'aria-pressed': 'false', title: 'Every step learns from all training samples',
    on: { click: () => change(toggle.getAttribute('aria-pressed') === 'true' ? Math.min(last, most) : null, false) },
  });
  control.el.querySelector('.param-value')?.prepend(toggle);
  return {
    el: control.el,
    /** @param {number|null} value @param {number} samples  that there are to learn from */
    set: (value, samples) => {
      if (samples !== most) control.setRange?.([1, Math.max(2, samples)]);
      most = samples;
      if (value !== null) last = value;
      setAttribute(toggle, 'aria-pressed', String(value === null));
      control.set(value ?? samples);
    },
    setFault: control.setFault,
  };
}
