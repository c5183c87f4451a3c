// @ts-check
/** What the page remembers: the reader's own settings from visit to visit, and the last place of each kind meanwhile. */
import { addressedTheme, embedded } from './embed.js';

/** @typedef {import('./core/types.js').Experiment} Experiment */
/** @typedef {import('./core/types.js').Kind} Kind */
/** @typedef {import('./core/types.js').View} View */
/** @typedef {{experiment: Experiment, view: Pick<View, 'tab'|'styles'|'plane'>}} Place */

const SETTINGS = 'playground.view';

/** Parts of the view that belong to the reader, not to the experiment. @type {(keyof View)[]} */
const OWN = ['theme', 'speed', 'rail'];

// Another page decides what stands in it.
let own = embedded ? addressedTheme() : readSettings();

/** @returns {Partial<View>} */
function readSettings() {
  try {
    return JSON.parse(localStorage.getItem(SETTINGS) ?? '{}');
  } catch {
    return {}; // Storage is forbidden, or holds something else.
  }
}

/** What the reader has chosen, on this page or before. @returns {Partial<View>} */
export function rememberedSettings() {
  return own;
}

/** Of what the reader chooses just now. What a link asks for is never remembered. @param {Partial<View>} chosen */
export function rememberSettings(chosen) {
  const fresh = Object.entries(chosen).filter(([name]) => OWN.includes(/** @type {keyof View} */ (name)));
  if (!fresh.length) return;
  own = { ...own, ...Object.fromEntries(fresh) };
  if (embedded) return;
  try {
    localStorage.setItem(SETTINGS, JSON.stringify(own));
  } catch {
    // Storage is full or forbidden: the choice holds until the page closes.
  }
}

/** The experiment of each kind that was shown last, and how. */
export class Places {
  constructor() {
    /** @type {Partial<Record<Kind, Place>>} */
    this.last = {};
  }

  /** The page goes on from `experiment` to an objective of `kind`. @param {Experiment|null} experiment @param {View} view @param {Kind} kind */
  leave(experiment, { tab, styles, plane }, kind) {
    if (!experiment || experiment.objective.kind === kind) return;
    this.last[experiment.objective.kind] = { experiment, view: { tab, styles, plane } };
  }

  /** @param {Kind} kind */
  find(kind) {
    return this.last[kind] ?? null;
  }
}
