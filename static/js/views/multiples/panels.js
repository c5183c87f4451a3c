// @ts-check
/** One panel for each optimizer that is shown, all at once or one alone: its sign, name, scores and picture. */

import { colourOf, dashOf, markerOf } from '../../core/palette.js';
import { say } from '../../core/words.js';
import { addElement, createLayer } from '../drawing/layer.js';
import { tracePolygon } from '../drawing/marks.js';
import { arrange, headHeight, isNarrow } from './layout.js';

/** @typedef {import('../../core/types.js').Race} Race */
/** @typedef {import('../../core/types.js').Style} Style */
/** @typedef {import('./layout.js').Needs} Needs */

const WIDTH = 28; // px, of a sign
const HEIGHT = 16; // px

/**
 * @typedef {Object} Panel
 * @property {number} index  of its optimizer in the race
 * @property {number} slot  of its colours
 * @property {string} label
 * @property {HTMLElement} el
 * @property {HTMLElement} head  the button that shows it alone, or all again
 * @property {HTMLElement} score
 * @property {HTMLElement} note
 * @property {ReturnType<typeof createSign>} sign
 * @property {import('../drawing/layer.js').Layer} layer
 */

/**
 * @typedef {Object} PanelListeners
 * @property {(panel: Panel|null, x: number, y: number) => void} hover  null: the pointer left
 * @property {() => void} changed  other panels are to be seen
 */

const SCROLLBAR = 12; // px

export class Multiples {
  /** @param {HTMLElement} parent @param {string} name @param {PanelListeners} listeners */
  constructor(parent, name, listeners) {
    this.el = addElement(parent, 'div', 'multiples-panels');
    this.el.setAttribute('role', 'group');
    this.el.setAttribute('aria-label', name);
    this.listeners = listeners;
    /** @type {Panel[]} */ this.panels = [];
    /** The optimizer that is shown alone. @type {number|null} */ this.alone = null;
    this.signature = '';
    this.width = 1;
    this.height = 1;
    this.el.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || this.alone === null) return;
      event.preventDefault();
      this.toggle(this.alone);
    });
  }

  /** The panels that are to be seen. */
  visible() {
    const chosen = this.panels.filter((panel) => panel.index === this.alone);
    return chosen.length > 0 ? chosen : this.panels;
  }

  /** Whether the panels had to be made anew. @param {Race} race @param {Style[]} styles */
  set(race, styles) {
    const shown = race.labels.map((label, index) => ({ index, label, slot: styles[index]?.slot ?? index, hidden: styles[index]?.hidden }));
    const signature = JSON.stringify(shown);
    if (signature === this.signature) return false;
    this.signature = signature;
    const panels = shown.filter((one) => !one.hidden);
    this.panels = panels.map((one) => this.create(one));
    this.el.replaceChildren(...this.panels.map((panel) => panel.el));
    if (!panels.some((one) => one.index === this.alone)) this.alone = null;
    this.markAlone();
    return true;
  }

  /** @param {{index: number, label: string, slot: number}} one @returns {Panel} */
  create({ index, label, slot }) {
    const el = document.createElement('section');
    el.className = 'multiples-panel';
    const top = addElement(el, 'div', 'multiples-top');
    const head = addElement(top, 'button', 'multiples-head');
    const sign = createSign();
    const name = document.createElement('span');
    name.textContent = label;
    head.append(sign.el, name);
    head.setAttribute('type', 'button');
    head.addEventListener('click', () => this.toggle(index));
    const score = addElement(top, 'span', 'multiples-score');
    const body = addElement(el, 'div', 'multiples-body');
    const layer = createLayer('multiples-canvas');
    body.append(layer.el);
    const panel = { index, slot, label, el, head, score, note: addElement(body, 'span', 'multiples-note'), sign, layer };
    this.listen(panel);
    return panel;
  }

  /** @param {Panel} panel */
  listen(panel) {
    const { el } = panel.layer;
    el.addEventListener('click', () => this.toggle(panel.index));
    el.addEventListener('pointermove', (event) => this.listeners.hover(panel, event.offsetX, event.offsetY));
    el.addEventListener('pointerleave', () => this.listeners.hover(null, NaN, NaN));
  }

  /** Shows a panel alone, or all of them again. @param {number} index */
  toggle(index) {
    if (this.panels.length < 2) return;
    this.alone = this.alone === null ? index : null;
    this.markAlone();
    this.listeners.changed();
  }

  /** Shows the panel beside the one that is alone. @param {number} way 1 or -1 */
  move(way) {
    const at = this.panels.findIndex((panel) => panel.index === this.alone);
    this.alone = this.panels[(at + way + this.panels.length) % this.panels.length].index;
    this.markAlone();
    this.listeners.changed();
  }

  markAlone() {
    const shown = new Set(this.visible());
    const many = this.panels.length > 1;
    for (const panel of this.panels) {
      panel.el.hidden = !shown.has(panel);
      panel.head.setAttribute('aria-pressed', String(many && this.alone === panel.index));
      panel.head.title = !many ? '' : say(this.alone === null ? 'multiples.alone' : 'multiples.again');
    }
    this.el.classList.toggle('is-alone', many && this.alone !== null);
    this.el.classList.toggle('is-single', !many);
  }

  /** Gives every panel its place and its picture a size. @param {number} width @param {number} height @param {Needs} needs */
  place(width, height, needs) {
    const shown = this.visible();
    if (shown.length === 0) return;
    const first = arrange(shown.length, width, height, needs);
    const found = first.scroll ? arrange(shown.length, width - SCROLLBAR, height, needs) : first;
    [this.width, this.height] = [found.width, found.height];
    this.el.classList.toggle('is-scrolling', found.scroll);
    this.el.classList.toggle('is-narrow', isNarrow(found.width));
    this.el.style.setProperty('--columns', String(found.columns));
    this.el.style.setProperty('--panel-width', `${found.width}px`);
    this.el.style.setProperty('--head-height', `${headHeight(found.width)}px`);
    for (const panel of shown) panel.layer.resize(found.width, found.height);
    this.drawSigns();
  }

  drawSigns() {
    for (const panel of this.panels) panel.sign.draw(panel.slot);
  }
}

/** A stroke in the optimizer's colour and dash, with its marker, as on its card. @returns {{el: HTMLCanvasElement, draw: (slot: number) => void}} */
function createSign() {
  const layer = createLayer('multiples-sign');
  layer.el.setAttribute('aria-hidden', 'true');
  return {
    el: layer.el,
    draw(slot) {
      const { context } = layer;
      layer.resize(WIDTH, HEIGHT);
      context.strokeStyle = colourOf(slot);
      context.fillStyle = colourOf(slot);
      context.lineWidth = 2;
      context.setLineDash(dashOf(slot).map((each) => each / 2));
      context.beginPath();
      context.moveTo(1, HEIGHT / 2);
      context.lineTo(WIDTH - 1, HEIGHT / 2);
      context.stroke();
      context.beginPath();
      tracePolygon(context, markerOf(slot), WIDTH / 2, HEIGHT / 2, 4);
      context.fill();
    },
  };
}
