// @ts-check
/** What the marks on the data mean, and where to look when the data cannot be drawn. */

import { token } from '../../core/palette.js';
import { say, sayNodes } from '../../core/words.js';
import { legendEntry } from '../multiples/parts.js';
import { drawSample } from './marks.js';

/** @typedef {import('../../core/types.js').ModelData} ModelData */

const ICON = 16; // px
const RADIUS = 4.5; // px

/** @param {string} text @param {number|null} label @param {boolean} test */
function sampleEntry(text, label, test) {
  return legendEntry(text, ICON, (context, height) => drawSample(context, { label, test }, ICON / 2, height / 2, RADIUS));
}

/** @param {ModelData} data @param {'grid'|'curve'|'classes'|null} kind */
export function dataLegend(data, kind) {
  if (kind === 'classes') return [legendEntry(say('data.test'), ICON, paintBar), legendEntry(say('data.train'), ICON, paintTick)];
  const classes = kind === 'grid' ? data.labels.map((label, index) => sampleEntry(label, index, false)) : [];
  const sets = [sampleEntry(say('data.train'), null, false), sampleEntry(say('data.test'), null, true)];
  const border = data.labels.length > 2 ? say('data.border') : 'P = ½';
  return [...classes, ...sets, ...(kind === 'grid' ? [legendEntry(border, ICON, paintLine)] : [])];
}

/** @param {CanvasRenderingContext2D} context @param {number} height */
function paintLine(context, height) {
  context.fillStyle = token('--mark');
  context.fillRect(1, height / 2 - 0.75, ICON - 2, 1.5);
}

/** @param {CanvasRenderingContext2D} context @param {number} height */
function paintBar(context, height) {
  context.fillStyle = token('--line-2');
  context.fillRect(3, 3, ICON - 6, height - 4);
}

/** @param {CanvasRenderingContext2D} context @param {number} height */
function paintTick(context, height) {
  context.fillStyle = token('--ink');
  context.fillRect(1, height / 2 - 1, ICON - 2, 2);
}

/** Why there is no picture of the plane here, with the ways to where more can be seen. @param {import('../multiples/multiples.js').ModelSetting} model @param {(tab: 'weights'|'confusion') => void} go */
export function linkWords({ dataset }, go) {
  const count = dataset.shape.reduce((all, side) => all * side, 1);
  const link = (/** @type {string} */ text, /** @type {'weights'|'confusion'} */ tab) => {
    const el = document.createElement('button');
    el.type = 'button';
    el.className = 'multiples-link';
    el.textContent = text;
    el.addEventListener('click', () => go(tab));
    return el;
  };
  const links = { weights: link(say('data.weights'), 'weights'), confusion: link(say('data.confusion'), 'confusion') };
  return sayNodes('data.no-plane', { data: dataset.title, n: String(count), ...links });
}
