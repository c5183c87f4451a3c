// @ts-check
/** Keys of the whole page. They keep out of the way of whatever has the focus. */

import { all, byId } from '../../core/dom.js';

/** @typedef {{commands: Pick<import('../../core/types.js').Commands, 'toggle'|'step'|'restart'|'seek'|'resetZoom'|'undo'|'redo'>}} Context */

const COARSE = 10;

/** What the focused element does with keys itself. @param {EventTarget|null} target @returns {'typing'|'slider'|'button'|'none'} */
function focusOf(target) {
  if (!(target instanceof Element)) return 'none';
  if (target.closest('input[type=range]')) return 'slider';
  if (target.closest('input, textarea, select, [contenteditable]')) return 'typing';
  return target.closest('button, a, summary, [role=tab]') ? 'button' : 'none';
}

/** @param {KeyboardEvent} event @param {Context} context @returns {(() => void)|null} */
function findUndo(event, { commands }) {
  const key = event.key.toLowerCase();
  if (key === 'z') return event.shiftKey ? commands.redo : commands.undo;
  return key === 'y' ? commands.redo : null;
}

/** @param {KeyboardEvent} event @param {Context} context @param {() => void} help @returns {(() => void)|null} */
function findCommand(event, { commands }, help) {
  const { key } = event;
  const count = event.shiftKey ? COARSE : 1;
  const tab = all(byId(document, 'stage-bar'), '[role=tab]:not([hidden])')[Number(key) - 1];
  if (tab) return () => tab.click();
  /** @type {Record<string, () => void>} */
  const known = {
    ' ': () => commands.toggle(),
    ArrowLeft: () => commands.step(-count),
    ArrowRight: () => commands.step(count),
    Home: () => commands.seek(0),
    End: () => commands.seek(Infinity),
    r: () => commands.restart(),
    R: () => commands.restart(),
    0: () => commands.resetZoom(),
    '?': help,
  };
  return known[key] ?? null;
}

/** @param {ReturnType<typeof focusOf>} focus @param {string} key */
function isTaken(focus, key) {
  if (focus === 'slider') return ['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(key);
  return focus === 'button' && key === ' ';
}

/** @param {Context} context @param {{help: () => void, last: () => number}} parts */
export function listenToKeys(context, { help, last }) {
  const commands = { ...context.commands, seek: (/** @type {number} */ step) => context.commands.seek(Math.min(step, last())) };
  document.addEventListener('keydown', (event) => {
    const focus = focusOf(event.target);
    if (event.defaultPrevented || event.altKey || focus === 'typing') return;
    const open = document.querySelector('dialog[open]') !== null;
    const command = event.ctrlKey || event.metaKey ? findUndo(event, context) : findCommand(event, { ...context, commands }, help);
    if (!command || isTaken(focus, event.key) || (open && event.key !== '?')) return;
    event.preventDefault();
    command();
  });
}
