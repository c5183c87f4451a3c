// @ts-check
/** Which part of the plane is visible: pure functions from ranges to ranges. Units per pixel are always equal. */

/** @typedef {import('../../core/types.js').Range} Range */
/** @typedef {{left: number, top: number, width: number, height: number}} Box in CSS pixels */

const SMALLEST = 1e-5; // of the home window
const LARGEST = 50;

/** The smallest range around `window` that fills width x height with equal units per pixel. @param {Range} window @returns {Range} */
export function fitRange(window, /** @type {number} */ width, /** @type {number} */ height) {
  const unit = Math.max((window.x[1] - window.x[0]) / width, (window.y[1] - window.y[0]) / height);
  return { x: around(window.x, unit * width), y: around(window.y, unit * height) };
}

/** @param {[number, number]} span @param {number} length @returns {[number, number]} */
function around(span, length) {
  const middle = (span[0] + span[1]) / 2;
  return [middle - length / 2, middle + length / 2];
}

/** The range after zooming by `factor` (below 1: closer) with (x, y) held in place. @param {Range} range @returns {Range} */
export function zoomAt(range, /** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ factor) {
  const scale = (/** @type {[number, number]} */ span, /** @type {number} */ at) =>
    /** @type {[number, number]} */ (span.map((end) => at + (end - at) * factor));
  return { x: scale(range.x, x), y: scale(range.y, y) };
}

/** The range moved by (dx, dy) in the surface's units. @param {Range} range @returns {Range} */
export function pan(range, /** @type {number} */ dx, /** @type {number} */ dy) {
  return { x: [range.x[0] + dx, range.x[1] + dx], y: [range.y[0] + dy, range.y[1] + dy] };
}

/** `factor` held so that the range stays useful beside its home window. @param {Range} range @param {Range} home */
export function allowedZoom(range, home, /** @type {number} */ factor) {
  const share = (range.x[1] - range.x[0]) / (home.x[1] - home.x[0]);
  return Math.min(Math.max(factor, SMALLEST / share), LARGEST / share);
}

/** The part that a link asks for, as the ends of x and of y; the whole window where it asks for none that can be looked at beside it. @param {number[]|null} asked @param {Range} home @returns {Range} */
export function askedRange(asked, home) {
  if (!asked) return home;
  /** @type {Range} */
  const range = { x: [asked[0], asked[1]], y: [asked[2], asked[3]] };
  return isBeside(range.x, home.x) && isBeside(range.y, home.y) ? range : home;
}

/** @param {[number, number]} span @param {[number, number]} home */
function isBeside([low, high], home) {
  const whole = home[1] - home[0];
  const away = Math.abs(low + high - home[0] - home[1]) / 2;
  return high - low >= SMALLEST * whole && high - low <= LARGEST * whole && away <= LARGEST * whole;
}

/** A range as a link says it, to a hundred-thousandth of its longer side. @param {Range} range @returns {number[]} */
export function toldRange({ x, y }) {
  const decimals = 5 - Math.floor(Math.log10(Math.max(x[1] - x[0], y[1] - y[0])));
  return [...x, ...y].map((end) => Number(end.toFixed(Math.max(0, Math.min(15, decimals)))));
}

/**
 * The straight map from a range to a box on the screen (y up) and back.
 * @param {Range} range @param {Box} box
 */
export function projection(range, box) {
  const kx = box.width / (range.x[1] - range.x[0]);
  const ky = box.height / (range.y[1] - range.y[0]);
  return {
    toX: (/** @type {number} */ x) => box.left + (x - range.x[0]) * kx,
    toY: (/** @type {number} */ y) => box.top + (range.y[1] - y) * ky,
    fromX: (/** @type {number} */ px) => range.x[0] + (px - box.left) / kx,
    fromY: (/** @type {number} */ py) => range.y[1] - (py - box.top) / ky,
    unit: 1 / kx,
  };
}

/** A coordinate with no more decimals than a tenth of a pixel needs. @param {number} value @param {number} unit per pixel */
export function rounded(value, unit) {
  const decimals = Math.max(0, Math.min(15, Math.ceil(-Math.log10(unit)) + 1));
  return Number(value.toFixed(decimals));
}
