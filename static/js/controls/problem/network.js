// @ts-check
/** A drawing of a model: a column for each layer, every unit a circle, every map a square, a line for each weight. */

import { h, s, setAttribute } from '../../core/dom.js';
import { formatCount } from '../../core/format.js';
import { sayNetwork } from './layers.js';

/** @typedef {import('./layers.js').Layer} Layer */

const WIDTH = 112;
const HEIGHT = 78;
const EDGE = 12;
const TOP = 2;
const BOTTOM = 52;
const MIDDLE = (TOP + BOTTOM) / 2;
/** Where the counts stand, and below them the activations. */
const WORDS = 64;
const BENDS = 72;
/** As many circles as a column has room for; of more units only the first and last are drawn. */
const MOST = 10;
const WIDEST = 15;
/** Share: of the way from one circle to the next. */
const RADIUS = { least: 1.6, most: 4, share: 0.36 };
const DECK = { most: 6, shift: 1.6 };
/** Half the width and height of the little curve that stands for an activation, and how far along it goes. */
const GLYPH = { x: 5, y: 3.5, reach: 2.5 };

/** What is drawn for an activation. @type {Record<string, (x: number) => number>} */
const CURVES = {
  tanh: Math.tanh,
  sigmoid: (x) => 2 / (1 + Math.exp(-2 * x)) - 1,
  relu: (x) => Math.max(0, x) - 1,
  gelu: (x) => (x / (1 + Math.exp(-1.702 * x))) - 1,
  linear: (x) => x / GLYPH.reach,
};

/** Where the circles of a column stand, and where dots stand for those left out. @param {number} count @param {number} x */
function placeUnits(count, x) {
  const left = count > MOST;
  const slots = left ? MOST - 1 : count;
  const step = Math.min(WIDEST, (BOTTOM - TOP) / (slots - 1 + 2 * RADIUS.share));
  const r = Math.min(RADIUS.most, Math.max(RADIUS.least, step * RADIUS.share));
  const nodes = Array.from({ length: slots }, (_, slot) => ({ x, y: MIDDLE + (slot - (slots - 1) / 2) * step, r }));
  if (!left) return { nodes, dots: null };
  const [dots] = nodes.splice((slots - 1) / 2, 1);
  return { nodes, dots };
}

/** How wide a map is drawn. @param {number} side */
function widthOf(side) {
  return 5 + 2 * side;
}

/** Corners of the front square of a deck, whose middle is at x. @param {Layer} layer @param {number} x */
function frontOf(layer, x) {
  const [width, behind] = [widthOf(layer.side), Math.min(layer.count, DECK.most) - 1];
  const left = x - width / 2 - (behind * DECK.shift) / 2;
  const top = MIDDLE - width / 2 + (behind * DECK.shift) / 2;
  return { left, top, width, behind };
}

/** @param {Layer} layer @param {number} x */
function drawMaps(layer, x) {
  const { left, top, width, behind } = frontOf(layer, x);
  return Array.from({ length: behind + 1 }, (_, index) => {
    const shift = (behind - index) * DECK.shift;
    return s('rect', { class: 'network-map', x: left + shift, y: top - shift, width, height: width, rx: 1 });
  });
}

/** @param {Layer} layer @param {number} x */
function drawUnits(layer, x) {
  const { nodes, dots } = placeUnits(layer.count, x);
  const circles = nodes.map(({ y, r }) => s('circle', { class: 'network-unit', cx: x, cy: y, r }));
  if (!dots) return circles;
  return [...circles, ...[-2, 0, 2].map((dy) => s('circle', { class: 'network-dot', cx: x, cy: dots.y + dy, r: 0.6 }))];
}

/** From where lines leave or arrive. @param {Layer} layer @param {number} x @param {boolean} leaving @returns {[number, number][]} */
function portsOf(layer, x, leaving) {
  if (layer.kind === 'units') return placeUnits(layer.count, x).nodes.map((node) => [x + (leaving ? node.r : -node.r), node.y]);
  const { left, top, width } = frontOf(layer, x);
  if (!leaving) return [[left + width * 0.4, top + width * 0.5]];
  return [[left + width, top], [left + width, top + width]];
}

/** The patch that one number of the next map is made of. @param {Layer} layer @param {number} x */
function patchOf(layer, x) {
  const { left, top, width } = frontOf(layer, x);
  const size = (width * 3) / Math.max(4, layer.side);
  return { x: left + width - size - 1.5, y: top + width - size - 1.5, size };
}

/** @param {[Layer, number]} from @param {[Layer, number]} to */
function drawLines([before, x], [layer, next]) {
  const arrive = portsOf(layer, next, false);
  const patch = layer.kind === 'maps' ? patchOf(before, x) : null;
  /** @type {[number, number][]} */
  const leave = patch ? [[patch.x + patch.size, patch.y], [patch.x + patch.size, patch.y + patch.size]] : portsOf(before, x, true);
  const d = leave.flatMap(([x1, y1]) => arrive.map(([x2, y2]) => `M${x1.toFixed(1)} ${y1.toFixed(1)}L${x2.toFixed(1)} ${y2.toFixed(1)}`));
  const lines = s('path', { class: 'network-lines', d: d.join('') });
  lines.style.setProperty('--dense', String(Math.max(0.22, Math.min(1, 2.6 / Math.sqrt(d.length)))));
  if (!patch) return [lines];
  return [lines, s('rect', { class: 'network-patch', x: patch.x, y: patch.y, width: patch.size, height: patch.size, rx: 0.5 })];
}

/** @param {string} bend @param {number} x @param {number} y */
function drawGlyph(bend, x, y) {
  const curve = CURVES[bend];
  if (!curve) return null;
  const points = Array.from({ length: 25 }, (_, index) => {
    const at = (index / 12 - 1) * GLYPH.reach;
    return `${(x + (index / 12 - 1) * GLYPH.x).toFixed(1)},${(y - Math.max(-1, Math.min(1, curve(at))) * GLYPH.y).toFixed(1)}`;
  });
  return s('polyline', { class: 'network-bend', points: points.join(' ') });
}

/** @param {Layer[]} layers @param {number} index @param {number} x */
function drawColumn(layers, index, x) {
  const layer = layers[index];
  const role = index === 0 ? 'inputs' : index === layers.length - 1 ? 'outputs' : 'hidden';
  const label = s('text', { class: 'network-label', x, y: WORDS, 'text-anchor': 'middle' });
  label.textContent = role === 'inputs' && layer.kind === 'maps' ? `${layer.side}×${layer.side}` : formatCount(layer.count);
  const shapes = layer.kind === 'maps' ? drawMaps(layer, x) : drawUnits(layer, x);
  const glyph = layer.bend ? drawGlyph(layer.bend, x, BENDS) : null;
  return s('g', { class: `network-layer network-${role}`, data: { count: String(layer.count) } }, ...shapes, label, glyph);
}

/** @param {Layer[]} layers */
function draw(layers) {
  const gap = (WIDTH - 2 * EDGE) / (layers.length - 1);
  const at = (/** @type {number} */ index) => EDGE + index * gap;
  const columns = layers.map((_, index) => drawColumn(layers, index, at(index)));
  const lines = layers.slice(1).flatMap((layer, index) => drawLines([layers[index], at(index)], [layer, at(index + 1)]));
  // Lines go over maps, which they leave from their inside, and under units.
  return [...columns.filter((_, index) => layers[index].kind === 'maps'), ...lines, ...columns.filter((_, index) => layers[index].kind === 'units')];
}

/** The drawing, named by the whole model in words. */
export function createNetwork() {
  const svg = s('svg', { class: 'network', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, 'aria-hidden': 'true' });
  const el = h('figure', { class: 'network-figure' }, svg);
  let shown = '';
  return {
    el,
    /** @param {Layer[]} layers */
    set: (layers) => {
      const key = JSON.stringify(layers);
      if (key === shown) return;
      shown = key;
      svg.replaceChildren(...draw(layers));
      setAttribute(el, 'aria-label', sayNetwork(layers));
    },
  };
}
