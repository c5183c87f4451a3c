// @ts-check
/** The axes' own Plotly figure: without a field in it, it can follow a moving view at every frame. */

import { addElement, onNextFrame } from '../drawing/layer.js';
import { draw, purge, relayout } from '../plotly.js';
import { figureAxes } from './figure.js';

/** @typedef {import('../../core/types.js').Range} Range */
/** @typedef {{width: number, height: number}} Size */

const SMALLEST = 120; // px: a host that is not laid out yet has no room for axes

class AxesLayer {
  /** @param {HTMLElement} host */
  constructor(host) {
    this.el = addElement(host, 'div', 'plot-axes');
    /** @type {{visible: Range, size: Size}|null} */ this.view = null;
    /** @type {[string, string]} */ this.titles = ['x', 'y'];
    /** @type {Size|null} */ this.drawn = null;
    this.update = onNextFrame(() => void this.redraw());
  }

  /** @param {[string, string]} titles */
  name(titles) {
    if (titles.join() !== this.titles.join()) this.forget();
    this.titles = titles;
  }

  /** @param {Range} visible @param {Size} size */
  show(visible, size) {
    this.view = { visible, size };
    this.update();
  }

  /** Draws everything anew next time, as after a change of colours. */
  forget() {
    this.drawn = null;
  }

  async redraw() {
    if (!this.view || this.view.size.width < SMALLEST || this.view.size.height < SMALLEST) return;
    const { visible, size } = this.view;
    const same = this.drawn?.width === size.width && this.drawn.height === size.height;
    this.drawn = size;
    if (same) await relayout(this.el, { 'xaxis.range': [...visible.x], 'yaxis.range': [...visible.y] });
    else await draw(this.el, figureAxes(visible, this.titles, size.width, size.height));
  }

  dispose() {
    this.update.cancel();
    void purge(this.el);
  }
}

/** @param {HTMLElement} host */
export function createAxes(host) {
  return new AxesLayer(host);
}
