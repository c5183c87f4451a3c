// @ts-check
/** The parts of a problem, each a button that shows its settings: tiles with a picture, and slim lines. One is open at a time. */

import { h, setAttribute, setText, uniqueId } from '../../core/dom.js';
import { say } from '../../core/words.js';
import { discloseOne } from '../elements/disclosure.js';
import { icon } from '../elements/icons.js';

/**
 * @typedef {Object} Part
 * @property {HTMLElement} el
 * @property {HTMLButtonElement} button
 * @property {HTMLElement} body  its settings
 */

/** @param {string} name @param {HTMLElement[]} els */
function createSettings(name, els) {
  return h('div', { class: 'fold', role: 'group', 'aria-label': name }, ...els);
}

/** A picture with a name and a note; the help is what the hint says of it. @param {{kind: string, settings: string}} names @param {Element} picture @param {...HTMLElement} els */
export function createTile({ kind, settings }, picture, ...els) {
  const [title, note] = [h('span', { class: 'part-title' }), h('span', { class: 'part-note tabular', id: uniqueId('note') })];
  const help = h('p', { class: 'help', hidden: true });
  const button = h('button', { class: 'part-button', type: 'button', 'aria-describedby': note.id }, title, note, icon('chevron'));
  return {
    el: h('div', { class: 'part param' }, h('div', { class: 'part-picture' }, picture), button, help),
    button,
    body: createSettings(settings, els),
    set: (/** @type {string} */ name, /** @type {string} */ more, /** @type {string} */ line) => {
      setText(title, name);
      setText(note, more);
      setText(help, line);
      setAttribute(button, 'aria-label', say('problem.part', { kind, name }));
    },
  };
}

/** A title with what is set in two short notes. @param {{title: string, settings: string}} names @param {...HTMLElement} els */
export function createLine({ title, settings }, ...els) {
  const notes = [0, 1].map(() => h('span', { class: 'part-note tabular', id: uniqueId('note') }));
  const button = h('button', {
    class: 'part-line', type: 'button', 'aria-label': title, 'aria-describedby': notes.map((note) => note.id).join(' '),
  }, h('span', { class: 'part-title', text: title }), ...notes, icon('chevron'));
  return {
    el: button,
    button,
    body: createSettings(settings, els),
    set: (/** @type {[string, string]} */ texts) => texts.forEach((text, index) => setText(notes[index], text)),
  };
}

/** @param {...Part} parts */
export function createParts(...parts) {
  discloseOne(parts);
  return h('div', { class: 'parts' }, ...parts.flatMap(({ el, body }) => [el, body]));
}
