// @ts-check
/** How the experiment is looked at: nothing here changes a number of a run. */

/** @typedef {import('../core/types.js').View} View */
/** @typedef {import('../core/types.js').Kind} Kind */
/** @typedef {import('../core/types.js').Catalog} Catalog */
/** @typedef {import('../core/types.js').Experiment} Experiment */
/** @typedef {import('../core/types.js').Style} Style */

/** Every tab of the stage. @type {View['tab'][]} */
export const TABS = ['data', '2d', '3d', 'both', 'weights', 'confusion'];
/** What a ranking can go by. @type {View['measure'][]} */
export const MEASURES = ['final', 'best', 'test', 'score', 'steps', 'distance', 'length'];
/** The tabs that need a model. @type {View['tab'][]} */
const MODEL_TABS = ['data', 'weights', 'confusion'];

/** The tab that a kind of objective opens with. @type {Record<Kind, View['tab']>} */
export const FIRST_TABS = { surface: '2d', model: 'data' };

/** The part of the view that belongs to what is shown. @param {Kind} kind @returns {Pick<View, 'tab'|'styles'|'plane'>} */
export function initialPlace(kind) {
  return { tab: FIRST_TABS[kind], styles: [], plane: null };
}

/** The tabs that an experiment can be looked at in, in their order. @param {Catalog} catalog @param {Experiment} experiment @returns {View['tab'][]} */
export function tabsOf(catalog, { objective }) {
  if (objective.kind === 'surface') return TABS.filter((tab) => !MODEL_TABS.includes(tab));
  const dataset = catalog.datasets.find((entry) => entry.id === objective.dataset.name);
  return TABS.filter((tab) => tab !== 'confusion' || !dataset?.tasks.includes('regression'));
}

/**
 * A view that an experiment can be looked at in: the present one with what does not fit set back.
 * @param {View} view @param {Catalog} catalog @param {Experiment} experiment @returns {View}
 */
export function fittingView(view, catalog, experiment) {
  const { kind } = experiment.objective;
  const tab = tabsOf(catalog, experiment).includes(view.tab) ? view.tab : FIRST_TABS[kind];
  const curve = view.curve === (kind === 'model' ? 'distance' : 'accuracy') ? 'loss' : view.curve;
  return tab === view.tab && curve === view.curve ? view : { ...view, tab, curve };
}

/** @returns {View} */
export function initialView() {
  return {
    ...initialPlace('surface'),
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

/** All that a link can say of the view, as it is where a link says nothing. @param {Kind} kind @returns {Omit<View, 'theme'|'rail'>} */
export function unsaidView(kind) {
  const { theme: _theme, rail: _rail, ...sayable } = initialView();
  return { ...sayable, ...initialPlace(kind) };
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
