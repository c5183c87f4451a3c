// @ts-check
/** Whether the user asked for less motion. */

/** @returns {boolean} */
export function prefersReducedMotion() {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
