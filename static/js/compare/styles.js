// @ts-check
/** The same colour for the same optimizer on both sides. Pure. */
import { completeStyles } from '../state/view.js';

/** @typedef {import('../core/types.js').Style} Style */

/**
 * The left keeps its colours. On the right those that belong to one of the left have its colour, the others the lowest
 * that are free. What is hidden stays hidden.
 * @param {Style[]} left @param {Style[]} right @param {[number|null, number|null][]} pairs
 * @returns {{left: Style[], right: Style[]}}
 */
export function pairStyles(left, right, pairs) {
  const first = completeStyles(left, pairs.filter(([place]) => place !== null).length);
  /** @type {Style[]} */
  const second = [];
  const taken = new Set(first.map((style) => style.slot));
  for (const [place, other] of pairs) {
    if (other === null) continue;
    const slot = place === null ? lowestFree(taken) : first[place].slot;
    taken.add(slot);
    second[other] = { slot, hidden: right[other]?.hidden ?? false };
  }
  return { left: first, right: second };
}

/** @param {Set<number>} taken */
function lowestFree(taken) {
  let slot = 0;
  while (taken.has(slot)) slot += 1;
  return slot;
}
