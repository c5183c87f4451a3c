// @ts-check
/** How the experiment is looked at: nothing here changes a number of a run. */

/** @typedef {import('../core/types.js').View} View */
/** @typedef {import('../core/types.js').Style} Style */

/** The part of the view that an address can say. @returns {Pick<View, 'tab'|'styles'>} */
export function initialPlace() {
  return { tab: '2d', styles: [] };
}

/** @returns {View} */
export function initialView() {
  return {
    ...initialPlace(),
    curve: 'loss',
    log: { x: false, y: true },
    measure: 'final',
    speed: 1,
    theme: 'system',
    rail: true,
  };
}

/** A style for each of `count` optimizers: those given, then the lowest free colours. @param {Style[]} styles @param {number} count */
export function completeStyles(styles, count) {
  if (styles.length === count) return styles;
  const kept = styles.slice(0, count);
  while (kept.length < count) kept.push({ slot: lowestFree(kept), hidden: false });
  return kept;
}

/** @param {Style[]} styles */
function lowestFree(styles) {
  const taken = new Set(styles.map((style) => style.slot));
  let slot = 0;
  while (taken.has(slot)) slot += 1;
  return slot;
}

/**
 * Styles that follow their optimizers when these were added, removed or moved: an optimizer is told by its identity,
 * or, where it was changed in place, by its position.
 * @param {Style[]} styles @param {object[]} before @param {object[]} after @returns {Style[]}
 */
export function followStyles(styles, before, after) {
  if (before.length === after.length && !after.some((item, index) => movedFrom(before, item, index))) return styles;
  /** @type {(Style|null)[]} */
  const known = after.map((item) => styles[before.indexOf(item)] ?? null);
  const used = known.filter((style) => style !== null);
  return known.map((style) => {
    if (style) return style;
    const fresh = { slot: lowestFree(used), hidden: false };
    used.push(fresh);
    return fresh;
  });
}

/** @param {object[]} before @param {object} item @param {number} index */
function movedFrom(before, item, index) {
  const place = before.indexOf(item);
  return place >= 0 && place !== index;
}
