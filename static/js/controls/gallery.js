// @ts-check
/** All surfaces as pictures, to choose from. */

import { h, setAttribute } from '../core/dom.js';
import { setSurface } from '../state/experiment.js';
import { createDialog } from './dialog.js';

/** @typedef {import('../core/types.js').Context} Context @typedef {import('../core/types.js').Surface} Surface */

/** Draws a surface's picture if there is one; says whether it did. @param {Context} context @param {HTMLCanvasElement} canvas @param {string} id */
export function paint({ thumbnails, drawThumbnail }, canvas, id) {
  const picture = thumbnails?.[id];
  if (!picture || !drawThumbnail) return false;
  drawThumbnail(canvas, picture.levels, picture.width, picture.height);
  return true;
}

/** @param {Surface} surface @param {() => void} choose */
function createTile(surface, choose) {
  const canvas = h('canvas', { class: 'thumbnail', width: 1, height: 1, 'aria-hidden': 'true' });
  const el = h('button', { class: 'tile', type: 'button', 'aria-pressed': 'false', on: { click: choose } },
    canvas, h('span', { class: 'tile-title', text: surface.title }), h('span', { class: 'help', text: surface.line }));
  return { el, canvas };
}

/** @param {Context} context */
export function createGallery(context) {
  const { catalog, change } = context;
  let [theme, painted] = ['', ''];
  const tiles = catalog.surfaces.map((surface) => ({
    surface,
    ...createTile(surface, () => {
      dialog.close();
      change((e) => setSurface(e, catalog, surface.id), { live: false, what: 'surface' });
    }),
  }));
  const dialog = createDialog('Surfaces', 'dialog-wide', h('div', { class: 'gallery' }, ...tiles.map((tile) => tile.el)));
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const open = () => {
    const now = `${theme} ${dark.matches}`;
    if (now !== painted) for (const { canvas, surface } of tiles) paint(context, canvas, surface.id);
    painted = now;
    dialog.showModal();
    tiles.find((tile) => tile.el.getAttribute('aria-pressed') === 'true')?.el.focus();
  };
  const update = (/** @type {string} */ chosen, /** @type {string} */ nowTheme) => {
    theme = nowTheme;
    for (const { el, surface } of tiles) setAttribute(el, 'aria-pressed', String(surface.id === chosen));
  };
  return { open, update };
}
