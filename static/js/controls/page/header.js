// @ts-check
/** The top line: undo and redo, the link, the theme, help. */

import { byId, h, setAttribute } from '../../core/dom.js';
import { say } from '../../core/words.js';
import { icon } from '../elements/icons.js';

/**
 * @typedef {import('../../core/types.js').Context} Context
 * @typedef {import('../../core/types.js').Model} Model
 */

const THEMES = /** @type {const} */ (['system', 'light', 'dark']);
const THEME_ICONS = { system: 'system', light: 'sun', dark: 'moon' };
const THEME_NAMES = { system: say('header.theme.system'), light: say('header.theme.light'), dark: say('header.theme.dark') };

/** @param {string} name @param {string} sign @param {() => void} act @param {string} [key] */
export function createButton(name, sign, act, key = '') {
  return h('button', {
    class: 'button-icon', type: 'button', 'aria-label': name, title: key ? say('keys.named', { name, key }) : name, on: { click: act },
  }, icon(sign));
}

/** @param {Pick<Context, 'changeView'>} context */
export function createTheme({ changeView }) {
  let shown = '';
  const el = createButton(say('header.theme'), 'system', () => {
    const at = THEMES.findIndex((theme) => theme === shown);
    changeView({ theme: THEMES[(at + 1) % THEMES.length] });
  });
  const set = (/** @type {import('../../core/types.js').View['theme']} */ theme) => {
    if (theme === shown) return;
    shown = theme;
    el.replaceChildren(icon(THEME_ICONS[theme]));
    setAttribute(el, 'aria-label', THEME_NAMES[theme]);
    setAttribute(el, 'title', THEME_NAMES[theme]);
  };
  return { el, set };
}

/** @param {HTMLElement} root @param {Context} context @param {{help: () => void, share: () => void, compare: () => void}} parts @returns {import('../../core/types.js').Control} */
export function createHeader(root, context, { help, share, compare }) {
  const { commands } = context;
  const undo = createButton(say('header.undo'), 'undo', () => commands.undo(), say('keys.undo'));
  const redo = createButton(say('header.redo'), 'redo', () => commands.redo(), say('keys.redo'));
  const theme = createTheme(context);
  const beside = createButton(say('compare.with'), 'compare', compare);
  beside.classList.add('compare-button');
  byId(root, 'header-actions').append(
    undo, redo, beside, createButton(say('header.share'), 'link', share), theme.el, createButton(say('header.help'), 'help', help, '?'));
  const update = (/** @type {Model} */ { canUndo, canRedo, view }) => {
    if (undo.disabled === canUndo) undo.disabled = !canUndo;
    if (redo.disabled === canRedo) redo.disabled = !canRedo;
    theme.set(view.theme);
  };
  return { update };
}
