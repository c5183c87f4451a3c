// @ts-check
/** The field's own Plotly figure. It is redrawn only for a new field; a moving view stretches what is there. */

import { projection } from '../drawing/camera.js';
import { addElement } from '../drawing/layer.js';
import { levelsOf, steadyLevels } from '../ground/levels.js';
import { draw, purge } from '../plotly.js';
import { extent, figureField } from './figure.js';

/** @typedef {import('../../core/types.js').Field} Field */
/** @typedef {import('../../core/types.js').Range} Range */
/** @typedef {import('../drawing/camera.js').Box} Box */
/** @typedef {import('../ground/ground.js').Ground} Ground */
/** @typedef {import('../ground/levels.js').Levels} Levels */
/** @typedef {{field: Field, levels: Levels, width: number, height: number}} Picture */

const LARGEST = 2; // times the plot's size: a field far larger than the view is drawn coarser

class FieldLayer {
  /** @param {HTMLElement} host */
  constructor(host) {
    this.frame = addElement(host, 'div', 'plot-field');
    this.el = addElement(this.frame, 'div', 'plot-field-picture');
    /** @type {Levels|null} */ this.levels = null;
    /** @type {Picture|null} */ this.wanted = null;
    /** @type {Picture|null} */ this.shown = null;
    /** @type {{visible: Range, box: Box}|null} */ this.view = null;
    this.drawing = false;
    /** Whether the picture stays where it is on the screen, because it is of a place that is gone. */
    this.held = false;
    this.clear();
  }

  /** Takes a field to draw and returns its levels. @param {Field} field @param {Ground} ground @param {boolean} sharper  the same picture as before, with more samples */
  set(field, ground, sharper) {
    const levels = levelsOf(field, ground);
    this.levels = sharper ? steadyLevels(this.levels, levels) : levels;
    this.wanted = { field, levels: this.levels, ...this.sizeOf(field) };
    void this.drawWanted();
    return this.levels;
  }

  /** The size at which the field's extent has the view's scale. @param {Field} field */
  sizeOf(field) {
    if (!this.view) return { width: 1, height: 1 };
    const { visible, box } = this.view;
    const lies = extent(field);
    const ratio = (/** @type {'x'|'y'} */ way) =>
      Math.min(LARGEST, (lies[way][1] - lies[way][0]) / (visible[way][1] - visible[way][0]));
    return { width: Math.round(box.width * ratio('x')), height: Math.round(box.height * ratio('y')) };
  }

  async drawWanted() {
    if (this.drawing) return;
    this.drawing = true;
    while (this.wanted) {
      const picture = this.wanted;
      this.wanted = null;
      await draw(this.el, figureField(picture.field, picture.levels, picture.width, picture.height));
      if (this.levels) this.reveal(picture);
    }
    this.drawing = false;
  }

  /** @param {Picture} picture */
  reveal(picture) {
    this.shown = picture;
    this.held = false;
    this.frame.classList.remove('is-empty');
    if (this.view) this.show(this.view.visible, this.view.box);
  }

  /** Stretches the picture to where it belongs in a view. @param {Range} visible @param {Box} box */
  show(visible, box) {
    this.view = { visible, box };
    const { left, top, width, height } = box;
    Object.assign(this.frame.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
    if (!this.shown || this.held) return;
    const plane = projection(visible, { left: 0, top: 0, width, height });
    const { x, y } = extent(this.shown.field);
    const scaleX = (plane.toX(x[1]) - plane.toX(x[0])) / this.shown.width;
    const scaleY = (plane.toY(y[0]) - plane.toY(y[1])) / this.shown.height;
    this.el.style.transform = `matrix(${scaleX}, 0, 0, ${scaleY}, ${plane.toX(x[0])}, ${plane.toY(y[1])})`;
  }

  /** Leaves the picture alone until the next field is drawn, or until it is let go. @param {boolean} held */
  hold(held) {
    this.held = held;
  }

  /** Draws the same field again, in other colours or at another size. */
  redraw() {
    const picture = this.wanted ?? this.shown;
    if (!picture) return;
    this.wanted = { ...picture, ...this.sizeOf(picture.field) };
    void this.drawWanted();
  }

  clear() {
    this.levels = null;
    this.wanted = null;
    this.shown = null;
    this.held = false;
    this.frame.classList.add('is-empty');
  }

  dispose() {
    this.clear();
    void purge(this.el);
  }
}

/** @param {HTMLElement} host */
export function createFieldLayer(host) {
  return new FieldLayer(host);
}
