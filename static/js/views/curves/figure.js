// @ts-check
/** What Plotly draws for a line chart: axes and grid. The lines are ours. */

import { formatNumber } from '../../core/format.js';
import { say } from '../../core/words.js';
import { axis, baseLayout } from '../plotly.js';
import { axisTicks } from './scale.js';

/** @typedef {import('./scale.js').Span} Span */
/** @typedef {import('./scale.js').Log} Log */
/** @typedef {{x: Span, y: Span, log: Log, title: string, share: boolean, told: boolean}} Frame share: values read in percent; told: there is a legend */

const MARGIN = { l: 54, r: 18, t: 12, b: 38 };
const LEGEND = 14; // px above the lines, so that it hides none of them
const GAP = { x: 70, y: 42 }; // px between ticks

/** Where the lines lie. @param {boolean} told  whether there is a legend @returns {import('../drawing/camera.js').Box} */
export function curveBox(/** @type {number} */ width, /** @type {number} */ height, told) {
  const top = MARGIN.t + (told ? LEGEND : 0);
  return {
    left: MARGIN.l,
    top,
    width: Math.max(1, width - MARGIN.l - MARGIN.r),
    height: Math.max(1, height - top - MARGIN.b),
  };
}

/** @param {Frame} frame @returns {import('../plotly.js').Figure} */
export function figureCurves(frame, /** @type {number} */ width, /** @type {number} */ height) {
  const box = curveBox(width, height, frame.told);
  const layout = {
    ...baseLayout(width, height),
    margin: { ...MARGIN, t: box.top, pad: 0, autoexpand: false },
    xaxis: chartAxis(say('curves.step'), frame.x, axisTicks(frame.x, frame.log.x, Math.max(2, box.width / GAP.x))),
    yaxis: chartAxis(frame.title, frame.y, valueTicks(frame, Math.max(2, box.height / GAP.y))),
  };
  return { data: [], layout };
}

/** @param {Frame} frame @param {number} count */
function valueTicks({ y, log, share }, count) {
  const ticks = axisTicks(y, log.y, count);
  return share ? { at: ticks.at, text: ticks.at.map((value) => say('numbers.percent', { value: formatNumber(100 * value) })) } : ticks;
}

/** An axis in its own units, so that Plotly never has to know about logarithms. @param {Span} span @param {{at: number[], text: string[]}} ticks */
function chartAxis(/** @type {string} */ title, span, ticks) {
  const plain = axis(title);
  return {
    ...plain,
    title: { ...plain.title, font: { ...plain.title.font, size: plain.tickfont.size, style: 'normal' } },
    range: span,
    showgrid: true,
    tickmode: 'array',
    tickvals: ticks.at,
    ticktext: ticks.text,
    ticks: '',
    ticklabelstandoff: 4,
  };
}
