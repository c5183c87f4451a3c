// @ts-check
/** A number of every run against the step: axes by Plotly, lines and cursor on a canvas, a click or drag seeks. */

import { token } from '../../core/palette.js';
import { say } from '../../core/words.js';
import { projection } from '../drawing/camera.js';
import { addElement, createLayer, describe, onNextFrame } from '../drawing/layer.js';
import { createTooltip } from '../drawing/tooltip.js';
import { draw, purge } from '../plotly.js';
import { seriesOf } from './charts.js';
import { curveBox, figureCurves } from './figure.js';
import { createCurveLegend } from './legend.js';
import { linesOf, paintLines, paintMarkers } from './painter.js';
import { steadySpan, stepSpan, valueSpan } from './scale.js';
import { curveTip } from './tip.js';

/** @typedef {import('../../core/types.js').Race} Race */
/** @typedef {import('../../core/types.js').Style} Style */
/** @typedef {import('./scale.js').Log} Log */
/** @typedef {import('./scale.js').Span} Span */

class Curves {
  /** @param {HTMLElement} host @param {{onSeek: (step: number) => void}} listeners */
  constructor(host, listeners) {
    this.el = addElement(host, 'div', 'plot plot-curves');
    this.listeners = listeners;
    this.axes = addElement(this.el, 'div', 'plot-axes');
    this.layer = createLayer('plot-canvas');
    this.el.append(this.layer.el);
    this.ahead = createLayer('plot-buffer');
    this.done = createLayer('plot-buffer');
    this.legend = createCurveLegend(this.el);
    this.tooltip = createTooltip(this.el);
    /** @type {Race|null} */ this.race = null;
    /** @type {Style[]} */ this.styles = [];
    /** @type {Float64Array[]} */ this.distances = [];
    /** What can be drawn. */
    this.offered = '';
    this.metric = 'loss';
    /** @type {Log} */ this.log = { x: false, y: true };
    /** @type {Span|null} */ this.span = null;
    /** @type {import('./painter.js').Chart|null} */ this.chart = null;
    /** What another chart shares with this one. @type {{steps: number, y: Span|null}|null} */ this.shared = null;
    this.step = 0;
    /** @type {number|null} */ this.hovered = null;
    this.size = { width: 1, height: 1 };
    this.drawn = '';
    this.drawAxes = onNextFrame(() => this.updateAxes());
    this.listen();
    this.measure();
    /** What stands around it takes and leaves room at any time. */
    this.sizes = new ResizeObserver(() => this.resize());
    this.sizes.observe(this.el);
  }

  /** @param {Race} race @param {Style[]} styles @param {Float64Array[]} distances */
  setRace(race, styles, distances) {
    const offered = race.profile.curves.map(({ title }) => title).join();
    if (offered !== this.offered) this.span = null;
    Object.assign(this, { race, styles, distances, offered });
    this.compose();
  }

  /** @param {string} metric @param {Log} log */
  setCurve(metric, log) {
    if (metric === this.metric && log.x === this.log.x && log.y === this.log.y) return;
    this.metric = metric;
    this.log = { ...log };
    this.span = null;
    this.compose();
  }

  /** Axes for charts that stand side by side: so many steps, and values that fit all of them. @param {{steps: number, y: Span|null}|null} shared */
  share(shared) {
    this.shared = shared;
    this.span = null;
    this.compose();
  }

  /** The title of the value axis, and the values worth seeing in its units. @returns {{title: string, span: Span|null}|null} */
  wanted() {
    if (!this.race) return null;
    const series = seriesOf(this.race, this.distances, this.metric, this.log.y);
    return { title: series.title, span: valueSpan(series, this.styles, this.log.y && !series.linear) };
  }

  /** @param {number} step */
  setStep(step) {
    this.step = step;
    this.paint();
  }

  setTheme() {
    this.drawn = '';
    this.compose();
  }

  resize() {
    if (this.el.clientWidth === 0) return;
    if (this.el.clientWidth === this.size.width && this.el.clientHeight === this.size.height) return;
    this.measure();
    this.compose();
  }

  dispose() {
    this.drawAxes.cancel();
    this.sizes.disconnect();
    void purge(this.axes);
    this.el.remove();
  }

  measure() {
    this.size = { width: Math.max(1, this.el.clientWidth), height: Math.max(1, this.el.clientHeight) };
    for (const layer of [this.layer, this.ahead, this.done]) layer.resize(this.size.width, this.size.height);
  }

  /** Brings axes, buffers and canvas up to date with the race. */
  compose() {
    if (!this.race) return;
    const series = seriesOf(this.race, this.distances, this.metric, this.log.y);
    const log = { x: this.log.x, y: this.log.y && !series.linear };
    const wanted = this.shared?.y ?? valueSpan(series, this.styles, log.y);
    if (wanted) this.span = steadySpan(this.span, wanted);
    const y = this.span ?? [0, 1];
    this.legend.update(series.lines.map((line) => line.role));
    const box = curveBox(this.size.width, this.size.height, this.legend.told);
    const x = stepSpan(this.steps, this.log.x);
    const plane = projection({ x, y }, box);
    this.chart = { race: this.race, styles: this.styles, series, log, box, plane, y };
    this.drawAxes();
    const lines = linesOf(this.chart);
    paintLines(this.ahead, this.chart, lines, 0.3);
    paintLines(this.done, this.chart, lines, 1);
    this.paint();
  }

  updateAxes() {
    if (!this.chart || !this.race || this.size.width < 80 || this.size.height < 80) return;
    const { series, y, log } = this.chart;
    const frame = { x: stepSpan(this.steps, log.x), y, log, title: series.title, share: series.share, told: this.legend.told };
    const key = JSON.stringify([frame, this.size]);
    if (key === this.drawn) return;
    this.drawn = key;
    describe(this.layer, say('curves.described', { curve: series.title }));
    void draw(this.axes, figureCurves(frame, this.size.width, this.size.height));
  }

  paint() {
    if (!this.chart) return;
    const { context } = this.layer;
    this.layer.clear();
    const { box } = this.chart;
    const cursor = this.stepX(Math.min(this.step, this.chart.race.steps));
    this.blit(this.ahead, cursor, box.left + box.width + 8);
    this.blit(this.done, 0, cursor);
    paintCursor(context, box, cursor, 1);
    if (this.hovered !== null) paintCursor(context, box, this.stepX(this.hovered), 0.4);
    paintMarkers(context, this.chart, this.step);
  }

  /** Copies the part of a buffer between two places. @param {import('../drawing/layer.js').Layer} buffer */
  blit(buffer, /** @type {number} */ from, /** @type {number} */ to) {
    const { context } = this.layer;
    context.save();
    context.beginPath();
    context.rect(from, 0, Math.max(0, to - from), this.size.height);
    context.clip();
    context.drawImage(buffer.el, 0, 0, this.size.width, this.size.height);
    context.restore();
  }

  /** Of the axis. */
  get steps() {
    return this.shared?.steps ?? this.race?.steps ?? 1;
  }

  /** @param {number} step */
  stepX(step) {
    if (!this.chart) return 0;
    return this.chart.plane.toX(this.log.x ? Math.log10(Math.max(step, 1)) : step);
  }

  /** The whole step under a place. @param {number} px */
  stepAt(px) {
    if (!this.chart) return 0;
    const value = this.chart.plane.fromX(px);
    const step = Math.round(this.log.x ? 10 ** value : value);
    return Math.max(0, Math.min(step, this.chart.race.steps));
  }

  listen() {
    const { el } = this.layer;
    const at = (/** @type {PointerEvent} */ event) => this.stepAt(event.clientX - el.getBoundingClientRect().left);
    el.addEventListener('pointerdown', (event) => {
      if (event.button !== 0 || !this.chart) return;
      el.setPointerCapture(event.pointerId);
      this.listeners.onSeek(at(event));
    });
    el.addEventListener('pointermove', (event) => {
      if (!this.chart) return;
      this.hover(at(event));
      if (el.hasPointerCapture(event.pointerId)) this.listeners.onSeek(at(event));
    });
    el.addEventListener('pointerleave', () => this.hover(null));
  }

  /** @param {number|null} step */
  hover(step) {
    this.hovered = step;
    this.paint();
    if (step === null) this.tooltip.hide();
    else this.showValues(step);
  }

  /** @param {number} step */
  showValues(step) {
    if (this.chart) this.tooltip.show(curveTip(this.chart, step), this.stepX(step), this.chart.box.top + this.chart.box.height / 2);
  }
}

/** @param {CanvasRenderingContext2D} context @param {import('../drawing/camera.js').Box} box */
function paintCursor(context, box, /** @type {number} */ x, /** @type {number} */ alpha) {
  context.globalAlpha = alpha;
  context.strokeStyle = token('--line-2');
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(Math.round(x) + 0.5, box.top);
  context.lineTo(Math.round(x) + 0.5, box.top + box.height);
  context.stroke();
  context.globalAlpha = 1;
}

/** @param {HTMLElement} host @param {{onSeek: (step: number) => void}} listeners */
export function createCurves(host, listeners) {
  return new Curves(host, listeners);
}
