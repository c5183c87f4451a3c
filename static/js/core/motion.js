// @ts-check
/** Whether the user asked for less motion, now and when that changes. */

const query = '(prefers-reduced-motion: reduce)';

/** @returns {boolean} */
export function prefersReducedMotion() {
  return matchMedia(query).matches;
}

/** Calls `listener` on every change; returns the function that stops it. @param {(reduced: boolean) => void} listener */
export function onMotionChange(listener) {
  const media = matchMedia(query);
  const heard = () => listener(media.matches);
  media.addEventListener('change', heard);
  return () => media.removeEventListener('change', heard);
}
