// @ts-check
/** What the slider of a learning rate knows beyond other numbers: the decades that suit what is gone down, and where steps start to grow. */

import { formatNumber } from '../../core/format.js';
import { say } from '../../core/words.js';
import { suggestedRate } from '../../state/experiment.js';
import { groundOf } from '../../state/profiles.js';
import { decadesAround } from '../params/scale.js';

/** @typedef {import('../../core/types.js').Experiment} Experiment @typedef {import('../../core/types.js').OptimizerChoice} OptimizerChoice */

/** λ is the largest curvature at the start. @param {number} rate */
function sayLimit(rate) {
  return say('cards.rate-limit', { rate: formatNumber(rate) });
}

/** @param {import('../../core/types.js').Context} context @param {import('../params/param.js').ParamControl} [control] */
export function createRate({ catalog }, control) {
  let subject = '';
  return {
    /** Another range with another surface, model or dataset only: it must not move under the hand. @param {Experiment} experiment @param {OptimizerChoice} optimizer */
    setRange: (experiment, optimizer) => {
      const now = groundOf(experiment);
      if (subject === now) return;
      subject = now;
      control?.setMark?.(null);
      control?.setRange?.(decadesAround(suggestedRate(catalog, experiment, optimizer)));
    },
    /** The mark stays where it was until the next race has ended. @param {import('../../core/types.js').Outcome|null} outcome */
    setOutcome: (outcome) => {
      const at = outcome?.stable_below ?? null;
      if (outcome) control?.setMark?.(at === null ? null : { at, words: sayLimit(at) });
    },
  };
}
