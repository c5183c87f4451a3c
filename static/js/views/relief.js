// @ts-check
/** A field as something with heights: what Plotly draws, and what paths are laid over. Pure. */

import { createHeightField } from './heightfield.js';
import { levelGrid, levelsOf, steadyLevels } from './levels.js';

/** @typedef {import('../core/types.js').Field} Field */
/** @typedef {import('../core/types.js').Range} Range */
/** @typedef {import('./grounds.js').Ground} Ground */
/** @typedef {import('./levels.js').Levels} Levels */
/** @typedef {{field: Field, grid: (number|null)[][], levels: Levels, axes: [string, string], heights: import('./heightfield.js').HeightField}} Relief */

const PIECE = 0.03; // of the window: longer steps are laid over the surface in pieces
const PIECES = 16;

/** @param {Field} field @param {Ground} ground @param {Relief|null} coarser  the same with fewer samples, whose scale stays where it can @returns {Relief} */
export function createRelief(field, ground, coarser) {
  const wanted = levelsOf(field, ground);
  const levels = coarser ? steadyLevels(coarser.levels, wanted) : wanted;
  const held = (/** @type {number|null} */ level) => (level === null ? null : Math.min(level, levels.high));
  const grid = levelGrid(field, levels).map((row) => row.map(held));
  return { field, grid, levels, axes: ground.axes, heights: createHeightField(field, grid, levels.high) };
}

/** In how many pieces the way from a to b is laid over the surface. @param {Range} range */
export function piecesBetween({ x, y }, /** @type {number} */ ax, /** @type {number} */ ay, /** @type {number} */ bx, /** @type {number} */ by) {
  const length = Math.max(Math.abs(bx - ax) / (x[1] - x[0]), Math.abs(by - ay) / (y[1] - y[0]));
  return Math.min(PIECES, Math.max(1, Math.ceil(length / PIECE)));
}
