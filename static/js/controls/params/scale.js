// @ts-check
/** The arithmetic of a slider: position and value, steps by key, and what is wrong with a value. Pure. */

import { formatNumber, roundTo } from '../../core/format.js';
import { say } from '../../core/words.js';

/**
 * @typedef {import('../../core/types.js').Param} Param
 * @typedef {{min: number, max: number, step: number, low: number, high: number, toPosition: (value: number) => number, toValue: (position: number) => number}} Scale
 */

const FINE = 200;
const LOG_STEP = 0.01;
/** How many fine steps a key moves. */
export const STEPS = { fine: 1, coarse: 10, page: 20 };

/** The nearest of 1, 2, 5 times a power of ten. @param {number} size */
function nice(size) {
  const power = 10 ** Math.floor(Math.log10(size));
  return roundTo([1, 2, 5, 10].reduce((best, each) => (each * power <= size * 1.0001 ? each : best), 1) * power, 3);
}

/** Drops the noise of binary fractions. @param {number} value @param {number} step */
function snap(value, step) {
  return roundTo(Math.round(value / step) * step, 12);
}

/** @param {Param} param @returns {number} */
function linearStep(param) {
  const [low, high] = param.soft ?? [0, FINE];
  const step = nice((high - low) / FINE);
  return param.kind === 'integer' ? Math.max(1, Math.round(step)) : step;
}

/** @param {Param} param @param {number} value */
function whole(param, value) {
  return param.kind === 'integer' ? Math.round(value) : value;
}

/** The slider of a param: positions from `min` to `max`, values from `low` to `high`. @param {Param} param @returns {Scale} */
export function sliderScale(param) {
  const [low, high] = param.soft ?? [0, 1];
  if (param.scale === 'log' && low > 0) {
    const [min, max] = [Math.log10(low), Math.log10(high)];
    const toPosition = (/** @type {number} */ value) => (value > 0 ? Math.min(max, Math.max(min, Math.log10(value))) : min);
    return { min, max, step: LOG_STEP / 10, low, high, toPosition, toValue: (at) => whole(param, roundTo(10 ** at, 3)) };
  }
  const step = linearStep(param);
  const toValue = (/** @type {number} */ at) => whole(param, roundTo(at, 12));
  return { min: low, max: high, step, low, high, toPosition: (value) => Math.min(high, Math.max(low, value)), toValue };
}

/** Five decades around a rate that suits, from one power of ten to another. @param {number} rate @returns {[number, number]} */
export function decadesAround(rate) {
  const middle = rate > 0 ? Math.round(Math.log10(rate)) : -2;
  return [Number(`1e${middle - 3}`), Number(`1e${middle + 2}`)];
}

/** The value after a key: `count` fine steps, kept inside what is allowed. @param {Param} param @param {number} value @param {number} count */
export function nudge(param, value, count) {
  const [low, high] = param.soft ?? [param.low ?? -Infinity, param.high ?? Infinity];
  const log = param.scale === 'log' && low > 0;
  const moved = log ? nudgeLog(param, value, count, low) : snap(value + count * linearStep(param), linearStep(param));
  return whole(param, Math.min(Math.max(high, value), Math.max(Math.min(low, value), moved)));
}

/** @param {Param} param @param {number} value @param {number} count @param {number} low */
function nudgeLog(param, value, count, low) {
  if (value <= 0) return count > 0 ? low : value;
  const moved = roundTo(10 ** (Math.log10(value) + count * LOG_STEP), 3);
  return param.kind === 'integer' && Math.round(moved) === value ? value + Math.sign(count) : moved;
}

/** What a person reads beside an entry whose value is refused, or null. @param {Param} param @param {number|null} value */
export function findFault(param, value) {
  if (value === null) return say(param.kind === 'integer' ? 'params.whole' : 'params.number');
  if (param.kind === 'integer' && !Number.isInteger(value)) return say('params.whole');
  const low = param.low ?? -Infinity;
  const high = param.high ?? Infinity;
  if (value < low || (param.open_low && value === low)) return say(param.open_low ? 'params.more-than' : 'params.at-least', { limit: formatNumber(low) });
  if (value > high || (param.open_high && value === high)) return say(param.open_high ? 'params.less-than' : 'params.at-most', { limit: formatNumber(high) });
  return null;
}
