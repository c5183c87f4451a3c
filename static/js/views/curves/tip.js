// @ts-check
/** The numbers of every run at a step of a line chart. */

import { formatNumber } from '../../core/format.js';
import { colourOf } from '../../core/palette.js';
import { say } from '../../core/words.js';
import { knownAt } from './charts.js';
import { ROLES } from './legend.js';

/** @typedef {import('./painter.js').Chart} Chart */
/** @typedef {import('../drawing/tooltip.js').Tip} Tip */

const DIGITS = { one: 6, several: 3 };

/** In the order in which they are read. @type {import('../../core/profiletypes.js').Role[]} */
const READ = ['only', 'train', 'test'];

/** @param {Chart} chart @param {number} step @returns {Tip} */
export function curveTip({ series, styles, race }, step) {
  const roles = READ.filter((role) => series.lines.some((line) => line.role === role));
  const digits = roles.length > 1 ? DIGITS.several : DIGITS.one;
  /** @type {Tip['rows']} */
  const rows = styles.flatMap((style, index) => {
    const values = roles.map((role) => valueAt(series, race, index, role, step));
    const text = values.map((value) => formatNumber(series.share && value !== null ? 100 * value : value, digits)).join(' · ');
    return style.hidden ? [] : [[race.labels[index], series.share ? say('numbers.percent', { value: text }) : text, colourOf(style.slot)]];
  });
  const kinds = roles.map((role) => say(ROLES[role])).join(' · ');
  const title = roles.length > 1 ? say('curves.at-of', { step: String(step), kinds }) : say('curves.at', { step: String(step) });
  return { title, rows };
}

/** What was measured last up to a step; null after the end. @param {Chart['series']} series @param {Chart['race']} race @param {number} index @param {import('../../core/profiletypes.js').Role} role @param {number} step */
function valueAt(series, race, index, role, step) {
  const line = series.lines.find((each) => each.index === index && each.role === role);
  return line && step < race.lengths[index] ? knownAt(line.values, step).value : null;
}
