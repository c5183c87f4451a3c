// @ts-check
/** How the experiment is looked at: nothing here changes a number of a run. */
import { offeredOr, profileOf } from './profiles.js';

/** @typedef {import('../core/types.js').View} View */
/** @typedef {import('../core/types.js').Profile} Profile */
/** @typedef {import('../core/types.js').Catalog} Catalog */
/** @typedef {import('../core/types.js').Experiment} Experiment */
/** @typedef {import('../core/types.js').Style} Style */

/** The part of the view that belongs to what is shown. @param {Profile} profile @returns {Pick<View, 'tab'|'styles'|'plane'>} */
export function initialPlace({ tabs }) {
  return { tab: tabs[0], styles: [], plane: null };
}

/**
 * A view that an experiment can be looked at in: the present one with what does not fit set back.
 * @param {View} view @param {Catalog} catalog @param {Experiment} experiment @returns {View}
 */
export function fittingView(view, catalog, experiment) {
  const { tabs, curves } = profileOf(catalog, experiment);
  const tab = tabs.includes(view.tab) ? view.tab : tabs[0];
  const curve = offeredOr(curves, view.curve).id;
  return tab === view.tab && curve === view.curve ? view : { ...view, tab, curve };
}

/** @returns {View} */
export function initialView() {
  return {
    tab: '2d',
    styles: [],
    plane: null,
    curve: 'loss',
    log: { x: false, y: true },
    measure: 'final',
    speed: 1,
    theme: 'system',
    rail: true,
    step: null,
    camera: null,
    range: null,
  };
}

/** All that a link can say of the view, as it is where a link says nothing. @param {Profile} profile @returns {Omit<View, 'theme'|'rail'>} */
export function unsaidView(profile) {
  const { theme: _theme, rail: _rail, ...sayable } = initialView();
  return { ...sayable, ...initialPlace(profile) };
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
