// @ts-check
/** How a trajectory ended: a badge, and its whole sentence on demand. */

import { h, setAttribute, setHidden, setText, uniqueId } from '../../core/dom.js';
import { say } from '../../core/words.js';

/** @typedef {import('../../core/types.js').Outcome} Outcome */

/** @type {Record<string, (step: number) => string>} */
const WORDS = {
  converged: (step) => say('outcomes.converged', { step }),
  diverged: (step) => say('outcomes.diverged', { step }),
  'step-limit': (n) => say('outcomes.step-limit', { n }),
  cancelled: (step) => say('outcomes.cancelled', { step }),
};

/** @param {Outcome} outcome */
export function formatOutcome(outcome) {
  return (WORDS[outcome.kind] ?? (() => outcome.kind))(outcome.step);
}

export function createOutcome() {
  const sentence = h('p', { class: 'outcome-sentence', id: uniqueId('outcome'), hidden: true });
  const words = h('span', { class: 'pill' });
  const badge = h('button', {
    class: 'badge', type: 'button', 'aria-expanded': 'false', 'aria-controls': sentence.id,
    on: {
      click: () => {
        sentence.hidden = !sentence.hidden;
        setAttribute(badge, 'aria-expanded', String(!sentence.hidden));
      },
    },
  }, words);
  const set = (/** @type {Outcome|null} */ outcome) => {
    setText(words, outcome ? formatOutcome(outcome) : say('outcomes.running'));
    setAttribute(badge, 'data-kind', outcome?.kind ?? 'running');
    setText(sentence, outcome?.message ?? '');
    if (!outcome) setHidden(sentence, true);
    badge.disabled = !outcome;
  };
  set(null);
  return { badge, sentence, set };
}
