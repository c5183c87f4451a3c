// @ts-check
/**
 * The stage in three dimensions: Plotly draws the surface, a canvas above it the race, projected with Plotly's camera.
 *
 * A frame of the animation touches only the canvas. When the camera turns, Plotly redraws and the canvas follows; what the
 * surface hides from the new place is found by walking from each point towards the eye.
 */

import { addElement, createLayer, describe } from '../drawing/layer.js';
import { createHover } from '../ground/hover.js';
import { createLegend } from '../ground/legend.js';
import { paintRace } from '../ground/painter.js';
import { createReset } from '../ground/reset.js';
import { projectRace } from '../ground/tracks.js';
import { draw, purge, relayout, sceneCamera } from '../plotly.js';
import { cameraOf, toScreen } from './camera.js';
import { cameraFrom, figure3d, toldEye } from './figure.js';
import { paintMarks } from './marks.js';
import { createOutage } from './outage.js';
import { createRelief, isHidden, LIFT, piecesBetween } from './relief.js';

/** @typedef {import('../../core/types.js').Field} Field @typedef {import('../../core/types.js').Race} Race */
/** @typedef {import('../../core/types.js').Range} Range @typedef {import('../../core/types.js').Style} Style */
/** @typedef {import('../ground/tracks.js').Track} Track @typedef {import('../ground/ground.js').Ground} Ground */
/** @typedef {import('./relief.js').Relief} Relief */

class Stage3d {
  /** @param {HTMLElement} host @param {number[]|null} eye  where the camera is at first; null: at home */
  constructor(host, eye) {
    this.eye = eye;
    this.el = addElement(host, 'div', 'plot plot-3d');
    this.graph = addElement(this.el, 'div', 'plot-scene');
    this.layer = createLayer('plot-canvas');
    this.el.append(this.layer.el);
    this.legend = createLegend(this.el);
    this.pointer = createHover(this.el, (...entry) => this.ground?.tip(...entry) ?? null);
    this.reset = createReset(this.el, () => this.resetZoom());
    /** @type {Ground|null} */ this.ground = null;
    /** @type {Relief|null} */ this.relief = null;
    /** What is shown together as soon as its relief is drawn. @type {{ground: Ground, relief?: Relief}|null} */ this.next = null;
    /** @type {{matrix: number[], eye: number[]}|null} */ this.camera = null;
    /** @type {import('../plotly.js').SceneCamera|null} */ this.scene = null;
    /** @type {Race|null} */ this.race = null;
    /** @type {Style[]} */ this.styles = [];
    /** @type {Track[]} */ this.tracks = [];
    this.step = 0;
    /** @type {[number, number]|null} */ this.start = null;
    this.size = { width: 1, height: 1 };
    this.drawing = false;
    this.dirty = false;
    this.gone = false;
    this.outage = createOutage(this.el, () => void this.drawRelief());
    this.el.addEventListener('pointermove', (event) => this.hover(event));
    this.el.addEventListener('pointerleave', () => this.hover(null));
    this.graph.addEventListener('dblclick', () => this.resetZoom());
    this.measure();
  }

  range() {
    return (this.next ?? this).ground?.window ?? { x: [-1, 1], y: [-1, 1] };
  }

  /** What would be visible of a ground. @param {Ground} ground @returns {Range} */
  rangeOf(ground) {
    return ground.window;
  }

  /** Another place at once; the same place, laid anew, when its field is drawn. @param {Ground} ground */
  setGround(ground) {
    if (ground === this.ground) return;
    this.next = null;
    if (ground.id === this.ground?.id) {
      this.next = { ground };
      return;
    }
    this.relief = null;
    this.el.classList.add('is-empty');
    this.ground = ground;
    this.legend.update(ground.points);
    describe(this.layer, ground.label);
    this.refresh();
  }

  /** @param {Field} field @param {Ground} ground @param {boolean} [sharper] the same picture as before, with more samples */
  setField(field, ground, sharper = false) {
    const holder = this.next?.ground === ground ? this.next : this;
    holder.relief = createRelief(field, ground, sharper ? (holder.relief ?? null) : null);
    void this.drawRelief();
  }

  /** @param {Race|null} race @param {Style[]} styles */
  setRace(race, styles) {
    if (!race) this.next = null;
    Object.assign(this.next ?? this, { race, styles });
    if (!this.next) this.refresh();
  }

  /** @param {number} step */
  setStep(step) {
    this.step = step;
    this.paint();
  }

  /** @param {[number, number]|null} start */
  setStart(start) {
    this.start = start;
    this.paint();
  }

  setTheme() {
    if (this.ground) this.legend.update(this.ground.points);
    void this.drawRelief();
  }

  resetZoom() {
    this.setEye(null);
  }

  /** Looks from there, now or when it is first drawn. @param {number[]|null} eye  null: from home */
  setEye(eye) {
    this.eye = eye;
    if (this.scene) void relayout(this.graph, { 'scene.camera': cameraFrom(eye, this.size.width, this.size.height) });
  }

  /** Where the camera was turned to, null where it is at home. */
  turnedEye() {
    return this.scene ? toldEye(this.scene.eye(), this.size.width, this.size.height) : this.eye;
  }

  resize() {
    if (this.el.clientWidth === 0) return;
    if (this.el.clientWidth === this.size.width && this.el.clientHeight === this.size.height) return;
    this.measure();
    this.paint();
    void this.drawRelief();
  }

  /** Draws the hill again: WebGL drops it once it was shown. */
  redraw() {
    this.scene?.redraw();
  }

  dispose() {
    this.gone = true;
    void purge(this.graph);
    this.el.remove();
  }

  measure() {
    this.size = { width: Math.max(1, this.el.clientWidth), height: Math.max(1, this.el.clientHeight) };
    this.layer.resize(this.size.width, this.size.height);
  }

  /** Hands the latest relief to Plotly, one at a time. */
  async drawRelief() {
    this.dirty = true;
    if (this.drawing) return;
    this.drawing = true;
    while (this.dirty && !this.gone) {
      this.dirty = false;
      const relief = this.next?.relief ?? this.relief;
      if (!relief || (!this.scene && !this.outage.ready())) break;
      const { field, grid, levels, axes } = relief;
      await draw(this.graph, figure3d(field, grid, levels, axes, this.size.width, this.size.height, this.eye), { scrollZoom: true });
      if (this.next?.relief === relief) {
        Object.assign(this, this.next);
        this.next = null;
      }
      this.camera = null;
      this.follow();
    }
    this.drawing = false;
  }

  /** What was drawn is gone: nothing is shown until it is drawn anew, seen from where it was. */
  lose() {
    this.eye = this.turnedEye();
    [this.scene, this.camera] = [null, null];
    this.el.classList.add('is-empty');
    this.refresh();
    void purge(this.graph);
    this.outage.begin();
  }

  /** Takes over the camera of what Plotly has just drawn. */
  follow() {
    if (!this.scene) {
      this.scene = sceneCamera(this.graph);
      this.scene?.onRender(() => this.turn());
      this.scene?.onLost(() => this.lose());
      if (!this.scene) this.outage.tell();
    }
    this.el.classList.toggle('is-empty', this.relief === null || this.scene === null);
    this.turn();
  }

  turn() {
    if (!this.scene) return;
    const camera = cameraOf(this.scene.matrices());
    this.reset.show(this.turnedEye() !== null);
    if (this.camera && camera.matrix.every((value, index) => value === this.camera?.matrix[index])) return;
    this.camera = camera;
    this.refresh();
  }

  refresh() {
    this.pointer.clear();
    this.tracks = this.race && this.relief && this.camera ? projectRace(this.race, this.styles, this.place, this.divide) : [];
    this.paint();
  }

  /** @type {import('../ground/tracks.js').Project} */
  place = (x, y, spot) => {
    const level = this.relief ? this.relief.heights.at(x, y) : NaN;
    if (!this.camera || !this.relief || Number.isNaN(level)) {
      spot.x = NaN;
      return;
    }
    const { low, high } = this.relief.levels;
    const { matrix, eye } = this.camera;
    toScreen(matrix, x, y, level, this.size.width, this.size.height, spot);
    spot.veiled = isHidden(this.relief.heights, eye, x, y, level, LIFT * (high - low));
  };

  /** @type {import('../ground/tracks.js').Divide} */
  divide = (ax, ay, bx, by) => piecesBetween(this.range(), ax, ay, bx, by);

  paint() {
    this.layer.clear();
    if (!this.camera || !this.relief) return;
    const { context } = this.layer;
    paintMarks(context, this.ground?.points ?? [], this.start, this.place);
    if (!this.race) return;
    paintRace(context, { race: this.race, tracks: this.tracks, step: this.step, project: this.place, box: { left: 0, top: 0, ...this.size } });
    this.pointer.paint(context);
  }

  /** @param {PointerEvent|null} event */
  hover(event) {
    const box = this.el.getBoundingClientRect();
    const [x, y] = event?.buttons === 0 ? [event.clientX - box.left, event.clientY - box.top] : [NaN, NaN];
    if (this.pointer.look(this.race, this.tracks, x, y)) this.paint();
  }
}

/** @param {HTMLElement} host @param {{eye?: number[]|null}} [setting] */
export function create3d(host, { eye = null } = {}) {
  return new Stage3d(host, eye);
}
