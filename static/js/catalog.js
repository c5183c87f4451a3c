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
