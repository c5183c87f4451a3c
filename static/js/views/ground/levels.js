// @ts-check
/** From losses to the levels that the field is coloured by, linear or logarithmic, and back. */

import { formatNumber } from '../../core/format.js';
import { multiples, niceStep } from '../drawing/ticks.js';

/** @typedef {import('../../core/types.js').Field} Field */
/** @typedef {import('./ground.js').Ground} Ground */

/**
 * @typedef {Object} Levels
 * @property {boolean} log
 * @property {number} low  lowest level shown
 * @property {number} high  highest level shown; everything above has the last colour
 * @property {number} size  between two contour lines
 * @property {number} floor  the lowest loss that there is: below it nothing is labelled
 * @property {(loss: number) => number} toLevel
 * @property {(level: number) => number} toLoss
 */

const COUNT = 20;
const UPPER = 0.995; // share of the field that the scale covers: the highest corner must not swallow every colour
const SLACK = 0.2; // of a scale: how far its ends may be off before a sharper picture changes it
const DIGITS = { usual: 3, most: 5 }; // of a label: more where the losses would read alike
const DEPTH = 5e-5; // smallest loss above the minimum that a logarithmic scale resolves, as a share of the field's height

/**
 * The scale of a field. With `ground.log`, level = log10(loss - lowest + eps), where lowest is the ground's or the lowest
 * sample and eps is 5e-5 of the field's height.
 * @param {Field} field @param {Pick<Ground, 'log'|'lowest'>} ground @param {number} [count] about how many levels @returns {Levels}
 */
export function levelsOf(field, ground, count = COUNT) {
  const sorted = sortedLosses(field);
  const [low, high] = sorted.length ? [sorted[0], sorted[Math.floor((sorted.length - 1) * UPPER)]] : [0, 1];
  const base = Math.min(low, ground.lowest ?? low);
  const eps = (high - base) * DEPTH;
  return ground.log && eps > 0 ? logLevels(low, high, base, eps, count) : linearLevels(low, high, count);
}

/** The scale of a picture that gets sharper: the present one, unless it is far from what the samples now say. @param {Levels|null} now @param {Levels} wanted */
export function steadyLevels(now, wanted) {
  if (!now || now.log !== wanted.log) return wanted;
  const off = Math.max(Math.abs(wanted.low - now.low), Math.abs(wanted.high - now.high));
  return off <= SLACK * (now.high - now.low) ? now : wanted;
}

/** Every finite loss in ascending order. @param {Field} field */
function sortedLosses(field) {
  const finite = field.z.flat().filter((loss) => loss !== null && Number.isFinite(loss));
  return Float64Array.from(/** @type {number[]} */ (finite)).sort();
}

/** @returns {Levels} */
function linearLevels(/** @type {number} */ low, /** @type {number} */ high, /** @type {number} */ count) {
    return { log: false, ...snapped(low, high, sizeOf(low, high, count)), floor: -Infinity, toLevel: (loss) => loss, toLoss: (level) => level };
}

/** @returns {Levels} */
function logLevels(
  /** @type {number} */ low,
  /** @type {number} */ high,
  /** @type {number} */ base,
  /** @type {number} */ eps,
  /** @type {number} */ count,
) {
  const toLevel = (/** @type {number} */ loss) => Math.log10(Math.max(loss - base, 0) + eps);
  const toLoss = (/** @type {number} */ level) => 10 ** level - eps + base;
  const bottom = toLevel(low);
  const top = toLevel(high);
  return { log: true, ...snapped(bottom, top, sizeOf(bottom, top, count)), floor: base, toLevel, toLoss };
}

/** The step of about `count` levels, of a flat field too. */
function sizeOf(/** @type {number} */ low, /** @type {number} */ high, /** @type {number} */ count) {
  return niceStep((high - low || Math.abs(low) || 1) / count);
}

/** Bounds on whole steps, so that panning does not make every line wander. */
function snapped(/** @type {number} */ low, /** @type {number} */ high, /** @type {number} */ size) {
  const bottom = Math.floor(low / size + 1e-9) * size;
  return { low: bottom, high: Math.max(Math.ceil(high / size - 1e-9) * size, bottom + size), size };
}

/** The field's levels; null where the loss is not finite. @param {Field} field @param {Levels} levels */
export function levelGrid(field, levels) {
  return field.z.map((row) =>
    row.map((loss) => (loss === null || !Number.isFinite(loss) ? null : levels.toLevel(loss))),
  );
}

/**
 * Labelled losses along a colour bar, at least `gap` apart, no two of them alike. `at` is 0 at the lowest level and 1 at the highest.
 * @param {Levels} levels @param {number} gap share of the bar @returns {{at: number, text: string}[]}
 */
export function barTicks(levels, gap) {
  /** @type {{at: number, loss: number}[]} */
  const ticks = [];
  for (const loss of levels.log ? logCandidates(levels) : linearCandidates(levels, gap)) {
    const at = (levels.toLevel(loss) - levels.low) / (levels.high - levels.low);
    const free = ticks.every((tick) => Math.abs(tick.at - at) >= gap);
    if (loss >= levels.floor && at >= 0 && at <= 1 && free) ticks.push({ at, loss });
  }
  const texts = textsOf(ticks.map(({ loss }) => loss));
  const told = ticks.map(({ at }, index) => ({ at, text: texts[index] }));
  return told.filter(({ text }, index) => texts.indexOf(text) === index).sort((a, b) => a.at - b.at);
}

/** Losses in as few digits as tell them apart. @param {number[]} losses @returns {string[]} */
function textsOf(losses, digits = DIGITS.usual) {
  const texts = losses.map((loss) => formatTick(loss, digits));
  const alike = new Set(texts).size < texts.length;
  return alike && digits < DIGITS.most ? textsOf(losses, digits + 1) : texts;
}

/** Short beside a narrow bar: large round losses as powers of ten. @param {number} loss @param {number} digits */
function formatTick(loss, digits) {
  const text = formatNumber(loss, digits);
  const power = loss.toExponential(2).replace(/\.?0+e\+/, 'e').replaceAll('-', '−');
  return Math.abs(loss) >= 1e4 && power.length < text.length ? power : text;
}

/** @param {Levels} levels @param {number} gap */
function linearCandidates(levels, gap) {
  return multiples(levels.low, levels.high, niceStep((levels.high - levels.low) * gap));
}

/** Round losses in the order in which they deserve a label: powers of ten, then fives, then twos. @param {Levels} levels */
function logCandidates(levels) {
  const low = levels.toLoss(levels.low);
  const high = levels.toLoss(levels.high);
  const largest = Math.floor(Math.log10(Math.max(Math.abs(low), Math.abs(high))));
  const powers = Array.from({ length: 12 }, (_, index) => 10 ** (largest - index));
  return [1, 5, 2].flatMap((factor) => powers.flatMap((power) => [factor * power, -factor * power])).concat(0);
}
