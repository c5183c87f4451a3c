// @ts-check
/** What the page begins with when its address says nothing. */

/** Momentum overshoots and swings where plain descent crawls: the race of a first visit. */
export const FIRST_VISIT = {
  version: 1,
  objective: { kind: 'surface', name: 'quadratic', params: { condition: 40, angle: 20 } },
  start: [-2.6, 1.4],
  optimizers: [
    { name: 'sgd', lr: 0.02 },
    { name: 'sgd', lr: 0.02, momentum: 0.9 },
    { name: 'adam', lr: 0.1 },
  ],
  steps: 200,
};

/**
 * A document from an address with what it leaves out: the surface of a first visit, and its optimizers with the
 * learning rates that the surface suggests.
 * @param {Record<string, any>|null} draft @returns {Record<string, any>}
 */
export function completeDraft(draft) {
  if (!draft) return FIRST_VISIT;
  return {
    objective: FIRST_VISIT.objective,
    optimizers: FIRST_VISIT.optimizers.map(({ lr, ...choice }) => choice),
    ...draft,
  };
}
