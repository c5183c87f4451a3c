// @ts-check
/** The range of a line chart's axes, and their ticks. Pure. */

import { formatNumber } from '../../core/format.js';
import { multiples, niceStep } from '../drawing/ticks.js';

/** @typedef {import('../../core/types.js').Style} Style */
/** @typedef {{x: boolean, y: boolean}} Log */
/** @typedef {[number, number]} Span in the axis' own units: log10 of the value on a logarithmic axis */
/** @typedef {import('./charts.js').Series} Series */

const RUNAWAY = 1e3; // times the start: from here a run no longer decides the range
const OVERSHOOT = { linear: 1.5, log: 100 }; // how far above the others a runaway is still shown
const DEEPEST = 1e-16; // of the highest value, on a logarithmic axis
const FILL = 0.45; // share of the axis that data must fill for the range to stay
const PADDING = 0.05;

/** @param {Float64Array} values */
export function lowestOf(values) {
  let lowest = Infinity;
  for (const value of values) if (value < lowest) lowest = value;
  return lowest;
}

/** Highest finite value up to `cap`. @param {Float64Array} values */
function highestOf(values, cap = Number.MAX_VALUE) {
  let highest = -Infinity;
  for (const value of values) if (value > highest && value <= cap) highest = value;
  return highest;
}

/**
 * The values worth seeing. A run that shoots up to more than 1000 times the start does not stretch the axis for the others.
 * @param {Series} series @param {Style[]} styles @param {boolean} log @returns {Span|null} null where there is nothing to show
 */
export function valueSpan(series, styles, log) {
  const seen = series.lines.filter(({ index, role }) => !styles[index].hidden && role !== 'batch');
  const shown = seen.map(({ values }) => values).filter((values) => values.length > 0);
  const lifted = log && series.base !== 0 ? shown.map((values) => values.map((value) => value - series.base)) : shown;
  const starts = Math.max(...lifted.map((values) => Math.abs(values[0])));
  const tame = lifted.filter((values) => highestOf(values) <= RUNAWAY * starts);
  const reference = Math.max(starts, ...tame.map((values) => highestOf(values)));
  const cap = tame.length === lifted.length ? reference : reference * (log ? OVERSHOOT.log : OVERSHOOT.linear);
  const high = Math.max(...lifted.map((values) => highestOf(values, cap)));
  if (!Number.isFinite(high)) return null;
  return log ? logSpan(lifted, high) : linearSpan(Math.max(series.least, Math.min(...lifted.map(lowestOf))), high);
}

/** @param {Float64Array[]} series @param {number} high @returns {Span|null} */
function logSpan(series, high) {
  if (high <= 0) return null;
  const floor = high * DEEPEST;
  let low = high;
  for (const values of series) for (const value of values) if (value >= floor && value < low) low = value;
  const top = Math.log10(high);
  const bottom = Math.min(Math.log10(low), top - 0.5);
  return [bottom - PADDING * (top - bottom), top + PADDING * (top - bottom)];
}

/** @param {number} low @param {number} high @returns {Span} */
function linearSpan(low, high) {
  const bottom = low >= 0 && low < 0.4 * high ? 0 : low;
  const height = high - bottom || Math.abs(high) || 1;
  return [bottom === 0 ? 0 : bottom - PADDING * height, high + PADDING * height];
}

/** The span to show: the present one as long as the data fit and fill enough of it, so that axes do not jump. @param {Span|null} now @param {Span} wanted @returns {Span} */
export function steadySpan(now, wanted) {
  if (now === null) return wanted;
  const slack = PADDING * (now[1] - now[0]);
  const fits = wanted[0] >= now[0] - slack && wanted[1] <= now[1] + slack;
  const fills = wanted[1] - wanted[0] >= FILL * (now[1] - now[0]);
  return fits && fills ? now : wanted;
}

/** @param {number} steps @param {boolean} log @returns {Span} */
export function stepSpan(steps, log) {
  return log ? [0, Math.log10(Math.max(steps, 2))] : [0, Math.max(steps, 1)];
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A power of ten as text. @param {number} exponent */
function powerText(exponent) {
  if (exponent >= -2 && exponent <= 3) return formatNumber(10 ** exponent);
  const digits = [...String(Math.abs(exponent))].map((digit) => SUPERSCRIPTS[Number(digit)]).join('');
  return `10${exponent < 0 ? '⁻' : ''}${digits}`;
}

/**
 * Places and text of about `count` ticks. Logarithmic: powers of ten, or 1, 2, 5 times them where few fit.
 * @param {Span} span @param {boolean} log @param {number} count @returns {{at: number[], text: string[]}}
 */
export function axisTicks(span, log, count) {
  if (!log) return linearTicks(span, count);
  const decades = span[1] - span[0];
  if (decades < 2) return fineLogTicks(span);
  const powers = multiples(span[0], span[1], Math.max(1, Math.ceil(decades / count)));
  return { at: powers, text: powers.map((power) => powerText(Math.round(power))) };
}

/** @param {Span} span @param {number} count */
function linearTicks(span, count) {
  const at = multiples(span[0], span[1], niceStep((span[1] - span[0]) / count));
  return { at, text: at.map((value) => formatNumber(value)) };
}

/** @param {Span} span */
function fineLogTicks(span) {
  const powers = multiples(Math.floor(span[0]), span[1], 1);
  const values = powers.flatMap((power) => [1, 2, 5].map((factor) => factor * 10 ** power));
  const inside = values.filter((value) => Math.log10(value) >= span[0] && Math.log10(value) <= span[1]);
  return { at: inside.map(Math.log10), text: inside.map((value) => formatNumber(value, 2)) };
}
