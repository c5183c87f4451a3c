// @ts-check
/**
 * The flat stage: the field and axes by Plotly, everything that moves on a canvas above them.
 *
 * The field is a Plotly figure of its own below the axes. While the view is panned or zoomed it is only transformed, and
 * the axes, which are cheap without a field, follow at every frame; when the view rests, `onRange` asks for a sharp field.
 */

import { createAxes } from './axeslayer.js';
import { allowedZoom, fitRange, pan, projection, rounded, zoomAt } from './camera2d.js';
import { contains, tame } from './clip.js';
import { createColourBar } from './colourbar.js';
import { margins } from './figure2d.js';
import { createFieldLayer } from './fieldlayer.js';
import { listenToGestures } from './gestures.js';
import { createHandle } from './handle.js';
import { createHover } from './hover.js';
import { addElement, afterRest, createLayer, describe } from './layer.js';
import { createLegend } from './legend.js';
import { drawPoint } from './marks.js';
import { paintRace } from './racepainter.js';
import { createReset } from './resetbutton.js';
import { projectRace } from './tracks.js';

/** @typedef {import('../core/types.js').Race} Race */
/** @typedef {import('../core/types.js').Range} Range */
/** @typedef {import('../core/types.js').Style} Style */
/** @typedef {import('../core/types.js').Surface} Surface */
/** @typedef {import('../core/types.js').Field} Field */
/** @typedef {import('./tracks.js').Track} Track */
/** @typedef {{onStart: (x: number, y: number, phase: 'move'|'end') => void, onRange: (range: Range) => void}} Listeners */

const REST = 140; // ms without a change of the view before a sharp field is asked for
const NUDGE = 2; // px that an arrow key moves the start

/** @type {Range} */
const UNIT = { x: [-1, 1], y: [-1, 1] };

class Stage2d {
  /** @param {HTMLElement} host @param {Listeners} listeners */
  constructor(host, listeners) {
    this.el = addElement(host, 'div', 'plot plot-2d');
    this.listeners = listeners;
    this.field = createFieldLayer(this.el);
    this.axes = createAxes(this.el);
    this.layer = createLayer('plot-canvas');
    this.el.append(this.layer.el);
    this.bar = createColourBar(this.el);
    this.legend = createLegend(this.el);
    this.handle = createHandle(this.el, {
      dragTo: (px, py, phase) => this.tellStart(px, py, phase),
      nudge: (dx, dy, phase) => this.nudgeStart(dx, dy, phase),
    });
    this.pointer = createHover(this.el);
    this.reset = createReset(this.el, () => this.resetZoom());
    /** @type {Range} */ this.wanted = UNIT;
    /** @type {Range} */ this.home = UNIT;
    /** @type {Range} */ this.visible = UNIT;
    this.box = { left: 0, top: 0, width: 1, height: 1 };
    this.plane = projection(UNIT, this.box);
    /** @type {Surface|null} */ this.surface = null;
    /** @type {Race|null} */ this.race = null;
    /** @type {Style[]} */ this.styles = [];
    /** @type {Track[]} */ this.tracks = [];
    this.step = 0;
    /** @type {[number, number]|null} */ this.start = null;
    this.size = { width: 0, height: 0 };
    this.rested = afterRest(() => this.listeners.onRange(this.range()), REST);
    this.listen();
    this.measure();
  }

  listen() {
    listenToGestures(this.layer.el, {
      pan: (dx, dy) => this.look(pan(this.visible, -dx * this.plane.unit, dy * this.plane.unit)),
      zoom: (x, y, factor) => this.zoom(x, y, factor),
      click: (x, y) => this.tellStart(x, y, 'end'),
      reset: () => this.resetZoom(),
      hover: (x, y) => this.hover(x, y),
      leave: () => this.hover(NaN, NaN),
      awaitDouble: () => this.wanted !== this.home,
    });
  }

  /** The visible part of the plane. @returns {Range} */
  range() {
    return { x: [...this.visible.x], y: [...this.visible.y] };
  }

  /** @param {Surface} surface @param {Range} [range] what to show, the surface's window by default */
  setSurface(surface, range) {
    this.surface = surface;
    this.home = surface.window;
    this.wanted = range ?? this.home;
    this.legend.update(surface.points);
    describe(this.layer, `Paths of the optimizers on the surface ${surface.title}`);
    this.field.clear();
    this.bar.el.hidden = true;
    this.arrange();
  }

  /** @param {Field} field @param {Surface} surface */
  setField(field, surface) {
    this.bar.update(this.field.set(field, surface), this.box.top, this.box.height);
  }

  /** @param {Race} race @param {Style[]} styles */
  setRace(race, styles) {
    this.race = race;
    this.styles = styles;
    this.project();
    this.paint();
  }

  /** @param {number} step */
  setStep(step) {
    this.step = step;
    this.paint();
  }

  /** @param {[number, number]} start */
  setStart(start) {
    this.start = start;
    this.placeHandle();
  }

  setTheme() {
    this.axes.forget();
    this.field.redraw();
    if (this.surface) this.legend.update(this.surface.points);
    if (this.field.levels) this.bar.update(this.field.levels, this.box.top, this.box.height);
    this.arrange();
  }

  resetZoom() {
    this.wanted = this.home;
    this.arrange();
    this.rested();
  }

  resize() {
    if (this.el.clientWidth === 0) return;
    if (this.el.clientWidth === this.size.width && this.el.clientHeight === this.size.height) return;
    this.measure();
    this.arrange();
    if (this.field.levels) this.bar.update(this.field.levels, this.box.top, this.box.height);
    this.rested();
  }

  dispose() {
    this.rested.cancel();
    this.field.dispose();
    this.axes.dispose();
    this.el.remove();
  }

  measure() {
    const width = Math.max(1, this.el.clientWidth);
    const height = Math.max(1, this.el.clientHeight);
    const margin = margins(width);
    this.size = { width, height };
    this.box = {
      left: margin.l,
      top: margin.t,
      width: Math.max(1, width - margin.l - margin.r),
      height: Math.max(1, height - margin.t - margin.b),
    };
    this.layer.resize(width, height);
  }

  /** @param {Range} range */
  look(range) {
    this.wanted = range;
    this.arrange();
    this.rested();
  }

  zoom(/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ factor) {
    const allowed = allowedZoom(this.visible, this.home, factor);
    this.look(zoomAt(this.visible, this.plane.fromX(x), this.plane.fromY(y), allowed));
  }

  arrange() {
    this.visible = fitRange(this.wanted, this.box.width, this.box.height);
    this.plane = projection(this.visible, this.box);
    this.field.show(this.visible, this.box);
    this.axes.show(this.visible, this.size);
    this.reset.show(this.wanted !== this.home);
    this.project();
    this.placeHandle();
    this.paint();
  }

  project() {
    this.pointer.clear();
    this.tracks = this.race ? projectRace(this.race, this.styles, this.place) : [];
  }

  /** @type {import('./tracks.js').Project} */
  place = (x, y, spot) => {
    spot.x = tame(this.plane.toX(x));
    spot.y = tame(this.plane.toY(y));
  };

  paint() {
    const { context } = this.layer;
    this.layer.clear();
    this.paintPoints();
    if (!this.race) return;
    paintRace(context, { race: this.race, tracks: this.tracks, step: this.step, project: this.place, box: this.box });
    this.pointer.paint(context);
  }

  paintPoints() {
    for (const point of this.surface?.points ?? []) {
      const x = this.plane.toX(point.x);
      const y = this.plane.toY(point.y);
      if (contains(this.box, x, y)) drawPoint(this.layer.context, point.kind, x, y);
    }
  }

  placeHandle() {
    if (!this.start) return;
    this.handle.place(this.start, this.plane.toX(this.start[0]), this.plane.toY(this.start[1]), this.box);
  }

  tellStart(/** @type {number} */ px, /** @type {number} */ py, /** @type {'move'|'end'} */ phase) {
    const { left, top, width, height } = this.box;
    const x = this.plane.fromX(Math.max(left, Math.min(px, left + width)));
    const y = this.plane.fromY(Math.max(top, Math.min(py, top + height)));
    this.listeners.onStart(rounded(x, this.plane.unit), rounded(y, this.plane.unit), phase);
  }

  nudgeStart(/** @type {number} */ dx, /** @type {number} */ dy, /** @type {'move'|'end'} */ phase) {
    if (!this.start) return;
    const step = NUDGE * this.plane.unit;
    const [x, y] = [this.start[0] + dx * step, this.start[1] + dy * step];
    this.listeners.onStart(rounded(x, this.plane.unit), rounded(y, this.plane.unit), phase);
  }

  hover(/** @type {number} */ x, /** @type {number} */ y) {
    if (this.pointer.look(this.race, this.tracks, x, y)) this.paint();
  }
}

/** @param {HTMLElement} host @param {Listeners} listeners */
export function create2d(host, listeners) {
  return new Stage2d(host, listeners);
}
