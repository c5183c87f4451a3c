// @ts-check
/** Entries of the catalogue as pictures, to choose from. */

import { h, setAttribute, setText } from '../../core/dom.js';
import { createDialog } from './dialog.js';

/**
 * @typedef {{id: string, title: string, line: string}} Entry
 * @typedef {(canvas: HTMLCanvasElement, id: string) => boolean} Paint  false where there is no picture
 */

/** @param {Entry} entry @param {() => void} choose */
function createTile(entry, choose) {
  const canvas = h('canvas', { class: 'thumbnail', width: 1, height: 1, 'aria-hidden': 'true' });
  const note = h('span', { class: 'tile-note' });
  const el = h('button', { class: 'tile', type: 'button', 'aria-pressed': 'false', on: { click: choose } },
    canvas, h('span', { class: 'tile-title', text: entry.title }), h('span', { class: 'help', text: entry.line }), note);
  return { id: entry.id, el, canvas, note };
}

/**
 * A canvas that is painted again when the entry or the theme is another.
 * @param {HTMLCanvasElement} canvas @param {Paint} paint
 */
export function createPicture(canvas, paint) {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  let shown = '';
  return (/** @type {string} */ id, /** @type {string} */ theme) => {
    const now = `${id} ${theme} ${dark.matches}`;
    if (now !== shown && paint(canvas, id)) shown = now;
  };
}

/** @param {string} title @param {Entry[]} entries @param {Paint} paint @param {(id: string) => void} choose @param {string} [className] */
export function createGallery(title, entries, paint, choose, className = '') {
  let theme = '';
  const tiles = entries.map((entry) => {
    const tile = createTile(entry, () => {
      dialog.close();
      choose(entry.id);
    });
    return { ...tile, show: createPicture(tile.canvas, paint) };
  });
  const dialog = createDialog(title, `dialog-wide ${className}`, h('div', { class: 'gallery' }, ...tiles.map((tile) => tile.el)));
  const open = () => {
    for (const tile of tiles) tile.show(tile.id, theme);
    dialog.showModal();
    tiles.find((tile) => tile.el.getAttribute('aria-pressed') === 'true')?.el.focus();
  };
  /** @param {string} chosen @param {string} nowTheme @param {(id: string) => string} [noteOf] */
  const update = (chosen, nowTheme, noteOf) => {
    theme = nowTheme;
    for (const { id, el, note } of tiles) {
      setAttribute(el, 'aria-pressed', String(id === chosen));
      setText(note, noteOf?.(id) ?? '');
    }
  };
  return { open, update };
}
