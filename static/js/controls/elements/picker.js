// @ts-check
/** Asks for an experiment: a line to paste a link or an id into, and what is wrong with it. */
import { h, setHidden, setText, uniqueId } from '../../core/dom.js';
import { say } from '../../core/words.js';

/** @typedef {(text: string) => Promise<string>} Pick  resolves with what is wrong, or with nothing */

/**
 * @param {string} title  what the line is for @param {string} action  what the button says @param {Pick} pick
 * @returns {{el: HTMLFormElement, entry: HTMLInputElement, name: (title: string) => void, tell: (fault: string) => void}}
 */
export function createPicker(title, action, pick) {
  const fault = h('p', { class: 'fault', role: 'alert', id: uniqueId('fault'), hidden: true });
  const entry = h('input', {
    class: 'entry picker-entry', type: 'text', id: uniqueId('picker'), autocomplete: 'off', spellcheck: 'false', 'aria-describedby': fault.id,
    placeholder: say('picker.placeholder'),
  });
  const button = h('button', { class: 'button', type: 'submit', text: action });
  const tell = (/** @type {string} */ text) => {
    fault.textContent = text;
    setHidden(fault, !text);
    entry.setAttribute('aria-invalid', String(text !== ''));
  };
  const submit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    tell('');
    button.disabled = true;
    const wrong = await pick(entry.value);
    button.disabled = false;
    tell(wrong);
    if (wrong) entry.focus();
  };
  const label = h('label', { class: 'picker-title', for: entry.id, text: title });
  const el = h('form', { class: 'picker', on: { submit } }, label,
    h('div', { class: 'picker-line' }, entry, button), fault);
  return { el, entry, name: (next) => setText(label, next), tell };
}
