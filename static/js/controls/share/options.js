// @ts-check
/** What can be chosen of a file before it is made: a control for each param of its format, behind a button. */

import { h, setAttribute } from '../../core/dom.js';
import { say } from '../../core/words.js';
import { createDisclosure, revealFaults } from '../elements/disclosure.js';
import { followHelp } from '../page/hint.js';
import { createParams } from '../params/param.js';

/** @typedef {import('../../core/types.js').Param} Param */
/** @typedef {import('../../core/types.js').Place} Place */
/** @typedef {Record<string, any>} Values  by the ids of params */

/** @param {string} title  of the format @param {Param[]} params @param {() => Values} suggest  what the page would choose in place of defaults */
export function createOptions(title, params, suggest) {
  /** @type {Values} */
  let chosen = {};
  /** What the server would not have, until something is changed. @type {Place[]} */
  let refused = [];
  const known = new Map(params.map((param) => [param.id, param]));
  const suggested = () => Object.fromEntries(Object.entries(suggest()).filter(([id]) => known.has(id)));
  const forgive = () => {
    for (const at of refused) controls.setFault(at, null);
    refused = [];
  };
  const show = () => controls.set({ ...Object.fromEntries(params.map((param) => [param.id, param.default])), ...suggested(), ...chosen });
  const controls = createParams(params, ({ id }) => ({
    quiet: true,
    slider: false,
    change: (value) => {
      forgive();
      chosen = { ...chosen, [id]: value };
      show();
    },
  }));
  // Every control is described by its help already.
  const hint = h('p', { class: 'help share-hint', 'aria-hidden': 'true' });
  const body = h('div', { class: 'share-options' }, ...controls.els, hint);
  followHelp(body, hint, say('share.options.hint'));
  const button = createDisclosure(say('share.options'), body);
  setAttribute(button, 'aria-label', say('share.options.of', { title }));
  return {
    button,
    body,
    show,
    /** What is to be told to the server: it knows the defaults. @returns {Values} */
    values: () => ({ ...suggested(), ...chosen }),
    /** Whether something is typed that makes no sense; shows it. */
    isFaulty: () => {
      forgive();
      const fault = /** @type {HTMLElement|null} */ (body.querySelector('[aria-invalid="true"]'));
      if (fault) revealFaults(/** @type {HTMLElement} */ (body.parentElement));
      fault?.focus();
      return fault !== null;
    },
    /** Shows what the server would not have, and says the first of it; null where none of that is here. @param {import('../../core/types.js').Problem[]} errors */
    refuse: (errors) => {
      const own = errors.filter(({ at }) => at[0] === 'options' && known.has(String(at[1]))).map(({ at, message }) => ({ at: at.slice(1), message }));
      for (const { at, message } of own) controls.setFault(at, message);
      refused = own.map(({ at }) => at);
      revealFaults(/** @type {HTMLElement} */ (body.parentElement));
      if (!own.length) return null;
      const [{ at, message }] = own;
      return say('share.options.refused', { title: known.get(String(at[0]))?.title ?? '', message });
    },
  };
}
