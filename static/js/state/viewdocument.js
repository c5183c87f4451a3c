// @ts-check
/**
 * A view as a document, to be kept beside an experiment: a flat object of which everything may be left out.
 *
 *   {"tab": "3d", "curve": "rate", "log": "xy", "step": 40, "camera": [1, -1.2, 0.8], "colours": [0, 2, 1], "hide": [2]}
 *   {"plane": "random", "plane.seed": 3, "range": [-1, 1, -0.5, 0.5], "measure": "best", "speed": 0.5}
 *
 * Optimizers are counted from 1. What makes no sense is passed over: a view changes no number.
 */
import { allTabs, everything } from './profiles.js';
import { completeStyles } from './view.js';

/** @typedef {import('../core/types.js').Catalog} Catalog */
/** @typedef {import('../core/types.js').Style} Style */
/** @typedef {import('../core/types.js').View} View */
/** @typedef {Record<string, any>} ViewDocument */

const SCALES = ['', 'x', 'y', 'xy'];
const USUAL_SCALE = 'y';
const MOST_SLOTS = 64;
/** The eye of a camera is so far from the middle of the scene at most. */
const FAR = 100;
/** A range is so short and so long at most, and its ends are so far out. */
const SHORTEST = 1e-9;
const OUTERMOST = 1e9;
/** How much slower and faster than usual the player goes at most. */
const SPEEDS = [0.01, 100];
const USUAL_MEASURE = 'final';
const USUAL_SPEED = 1;

/** The axes that are logarithmic. @param {View['log']} log */
export function writeScale({ x, y }) {
  return `${x ? 'x' : ''}${y ? 'y' : ''}`;
}

/** @param {View} view @returns {ViewDocument} */
export function writeView({ tab, curve, log, plane, styles, step, camera, range, measure, speed }) {
  const scale = writeScale(log);
  const { name = '', ...settings } = plane ?? {};
  const hidden = styles.flatMap((style, index) => (style.hidden ? [index + 1] : []));
  return {
    tab,
    ...(curve !== 'loss' && { curve }),
    ...(scale !== USUAL_SCALE && { log: scale }),
    ...(plane && { plane: name, ...Object.fromEntries(Object.entries(settings).map(([id, value]) => [`plane.${id}`, value])) }),
    ...(styles.some(({ slot }, index) => slot !== index) && { colours: styles.map(({ slot }) => slot) }),
    ...(hidden.length && { hide: hidden }),
    ...(step !== null && { step }),
    ...(camera && { camera }),
    ...(range && { range }),
    ...(measure !== USUAL_MEASURE && { measure }),
    ...(speed !== USUAL_SPEED && { speed }),
  };
}

/** What `said` says, as far as it makes sense. @param {ViewDocument} said @param {Catalog} catalog @returns {Partial<View>} */
export function readView(said, catalog) {
  const { tab, curve, log, step, camera, range, measure, speed } = said;
  const plane = readPlane(said, catalog);
  const styles = readStyles(said);
  return {
    ...(allTabs(catalog).includes(tab) && { tab }),
    ...(idsOf(catalog, 'curves').has(curve) && { curve }),
    ...(SCALES.includes(log) && { log: { x: log.includes('x'), y: log.includes('y') } }),
    ...(Number.isInteger(step) && step >= 0 && { step }),
    ...(isEye(camera) && { camera }),
    ...(isRange(range) && { range }),
    ...(idsOf(catalog, 'measures').has(measure) && { measure }),
    ...(Number.isFinite(speed) && speed >= SPEEDS[0] && speed <= SPEEDS[1] && { speed }),
    ...(plane && { plane }),
    ...(styles.length && { styles }),
  };
}

/** Of all that any objective has. @param {Catalog} catalog @param {'curves'|'measures'} what */
function idsOf(catalog, what) {
  return everything(catalog, (profile) => profile[what].map(({ id }) => id));
}

/** @param {any} camera @returns {camera is number[]} */
function isEye(camera) {
  if (!Array.isArray(camera) || camera.length !== 3 || !camera.every((part) => Number.isFinite(part))) return false;
  const away = Math.hypot(...camera);
  return away > 0.01 && away < FAR;
}

/** The ends of x and then of y. @param {any} range @returns {range is number[]} */
function isRange(range) {
  if (!Array.isArray(range) || range.length !== 4) return false;
  const [left, right, bottom, top] = range;
  return range.every((end) => Number.isFinite(end) && Math.abs(end) <= OUTERMOST) && right - left > SHORTEST && top - bottom > SHORTEST;
}

/** @param {ViewDocument} said @param {Catalog} catalog */
function readPlane(said, catalog) {
  if (!catalog.planes.some(({ id }) => id === said.plane)) return null;
  const settings = Object.entries(said).filter(([key]) => key.startsWith('plane.'));
  return { ...Object.fromEntries(settings.map(([key, value]) => [key.slice(6), value])), name: said.plane };
}

/** Styles for as many optimizers as are told of, in the lowest free colours where none are given. @param {ViewDocument} said @returns {Style[]} */
function readStyles({ colours, hide }) {
  const slots = numbers(colours).filter((slot) => slot >= 0 && slot < MOST_SLOTS);
  const hidden = new Set(numbers(hide).filter((place) => place > 0 && place <= MOST_SLOTS));
  const count = Math.max(slots.length, ...hidden);
  const styles = completeStyles(
    slots.map((slot) => ({ slot, hidden: false })),
    count,
  );
  return styles.map(({ slot }, index) => ({ slot, hidden: hidden.has(index + 1) }));
}

/** @param {any} value @returns {number[]} */
function numbers(value) {
  return Array.isArray(value) ? value.filter(Number.isInteger) : [];
}
