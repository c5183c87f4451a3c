// @ts-check
/**
 * The flat stage: the field and axes by Plotly, everything that moves on a canvas above them.
 *
 * The field is a Plotly figure of its own below the axes. While the view is panned or zoomed it is only transformed, and
 * the axes, which are cheap without a field, follow at every frame; when the view rests, `onRange` asks for a sharp field.
 */

import { allowedZoom, askedRange, fitRange, pan, projection, toldRange, zoomAt } from '../drawing/camera.js';
import { tame } from '../drawing/clip.js';
import { addElement, afterRest, createLayer, describe } from '../drawing/layer.js';
import { drawPoints } from '../drawing/marks.js';
import { createHover } from '../ground/hover.js';
import { createLegend } from '../ground/legend.js';
import { paintRace } from '../ground/painter.js';
import { createReset } from '../ground/reset.js';
import { projectRace } from '../ground/tracks.js';
import { createAxes } from './axes.js';
import { createColourBar } from './colourbar.js';
import { createFieldLayer } from './field.js';
import { plotBox } from './figure.js';
import { listenToGestures } from './gestures.js';
import { createStartPoint } from './start.js';

/** @typedef {import('../../core/types.js').Race} Race */
/** @typedef {import('../../core/types.js').Range} Range */
/** @typedef {import('../../core/types.js').Style} Style */
/** @typedef {import('../ground/ground.js').Ground} Ground */
/** @typedef {import('../ground/tracks.js').Track} Track */
/** range: the part that a link asks for. @typedef {{onStart: (x: number, y: number, phase: 'move'|'end') => void, onRange: (range: Range) => void, range?: number[]|null}} Setting */

const REST = 140; // ms without a change of the view before a sharp field is asked for

/** @type {Range} */
const UNIT = { x: [-1, 1], y: [-1, 1] };

class Stage2d {
  /** @param {HTMLElement} host @param {Setting} listeners */
  constructor(host, listeners) {
    this.el = addElement(host, 'div', 'plot plot-2d');
    this.listeners = listeners;
    this.field = createFieldLayer(this.el);
    this.axes = createAxes(this.el);
    this.layer = createLayer('plot-canvas');
    this.el.append(this.layer.el);
    this.bar = createColourBar(this.el);
    this.legend = createLegend(this.el);
    this.pointer = createHover(this.el, (...entry) => this.ground?.tip(...entry) ?? null);
    this.reset = createReset(this.el, () => this.resetZoom());
    /** @type {Range} */ this.wanted = UNIT;
    /** @type {Range} */ this.home = UNIT;
    /** @type {Range} */ this.visible = UNIT;
    this.box = { left: 0, top: 0, width: 1, height: 1 };
    this.plane = projection(UNIT, this.box);
    this.startPoint = createStartPoint(this.el, this, (...start) => listeners.onStart(...start));
    /** The part that a link asks for, until somebody looks elsewhere. @type {number[]|null} */ this.asked = listeners.range ?? null;
    /** @type {Ground|null} */ this.ground = null;
    /** @type {Race|null} */ this.race = null;
    /** @type {Style[]} */ this.styles = [];
    /** @type {Track[]} */ this.tracks = [];
    this.step = 0;
    this.size = { width: 0, height: 0 };
    this.rested = afterRest(() => this.listeners.onRange(this.range()), REST);
    this.listen();
    this.measure();
  }

  listen() {
    listenToGestures(this.layer.el, {
      pan: (dx, dy) => this.look(pan(this.visible, -dx * this.plane.unit, dy * this.plane.unit)),
      zoom: (x, y, factor) => this.zoom(x, y, factor),
      click: (x, y) => this.startPoint.tellPlace(x, y, 'end'),
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

  /** What would be visible of a ground. @param {Ground} ground @returns {Range} */
  rangeOf(ground) {
    return fitRange(this.wantedOf(ground), this.box.width, this.box.height);
  }

  /** A zoomed view stays as it is when the same place comes, only laid anew; another is shown as a link asks. @param {Ground} ground */
  wantedOf(ground) {
    const kept = ground.id === this.ground?.id && this.wanted !== this.home;
    return kept ? this.wanted : askedRange(this.asked, ground.window);
  }

  /** What a link asks for is shown, now and when another place comes; null: nothing is asked for. @param {number[]|null} range */
  setRange(range) {
    if (range && this.ground) this.look(askedRange(range, this.home));
    this.asked = range;
  }

  /** The part that is looked at more closely, null where all is seen. @returns {number[]|null} */
  zoomedRange() {
    if (!this.ground) return this.asked;
    return this.wanted === this.home ? null : (this.asked ?? toldRange(this.wanted));
  }

  /** @param {Ground} ground */
  setGround(ground) {
    const wanted = this.wantedOf(ground);
    if (ground.id !== this.ground?.id) {
      this.field.clear();
      this.bar.el.hidden = true;
    } else if (ground !== this.ground) this.field.hold(true);
    this.ground = ground;
    this.home = ground.window;
    this.wanted = wanted;
    this.legend.update(ground.points);
    this.axes.name(ground.axes);
    describe(this.layer, ground.label);
    this.arrange();
  }

  /** @param {import('../../core/types.js').Field} field @param {Ground} ground @param {boolean} [sharper] the same picture as before, with more samples */
  setField(field, ground, sharper = false) {
    this.bar.update(this.field.set(field, ground, sharper), this.box.top, this.box.height);
  }

  /** @param {Race|null} race @param {Style[]} styles */
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

  /** @param {[number, number]|null} start  null: nothing to take hold of */
  setStart(start) {
    this.startPoint.set(start);
  }

  setTheme() {
    this.axes.forget();
    this.field.redraw();
    if (this.ground) this.legend.update(this.ground.points);
    if (this.field.levels) this.bar.update(this.field.levels, this.box.top, this.box.height);
    this.arrange();
  }

  resetZoom() {
    this.asked = null;
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
    this.size = { width, height };
    this.box = plotBox(width, height);
    this.layer.resize(width, height);
  }

  /** @param {Range} range */
  look(range) {
    this.asked = null;
    this.wanted = range;
    this.field.hold(false);
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
    this.startPoint.place();
    this.paint();
  }

  project() {
    this.pointer.clear();
    this.tracks = this.race ? projectRace(this.race, this.styles, this.place) : [];
  }

  /** @type {import('../ground/tracks.js').Project} */
  place = (x, y, spot) => {
    spot.x = tame(this.plane.toX(x));
    spot.y = tame(this.plane.toY(y));
  };

  paint() {
    const { context } = this.layer;
    this.layer.clear();
    drawPoints(context, this.ground?.points ?? [], this.plane, this.box);
    if (!this.race) return;
    paintRace(context, { race: this.race, tracks: this.tracks, step: this.step, project: this.place, box: this.box });
    this.pointer.paint(context);
  }

  hover(/** @type {number} */ x, /** @type {number} */ y) {
    if (this.pointer.look(this.race, this.tracks, x, y)) this.paint();
  }
}

/** @param {HTMLElement} host @param {Setting} listeners */
export function create2d(host, listeners) {
  return new Stage2d(host, listeners);
}
