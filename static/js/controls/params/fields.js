// @ts-check
/** The experiment's own fields: steps, seed, noise and the like. */

import { h } from '../../core/dom.js';
import { setField } from '../../state/experiment.js';
import { createDisclosure } from '../elements/disclosure.js';
import { createParams } from './param.js';

/** The transport has the one slider over steps; these are typed. */
const TYPED = ['steps', 'seed'];

/**
 * Some of the fields. @param {import('../../core/types.js').Context} context @param {(id: string) => boolean} wanted
 * @param {{quiet?: boolean, helps?: Record<string, string>}} [how]  helps: what a field does here, where that differs
 */
export function createFields({ catalog, change }, wanted, { quiet = false, helps = {} } = {}) {
  const fields = catalog.experiment.filter((param) => wanted(param.id));
  return createParams(fields.map((param) => ({ ...param, help: helps[param.id] ?? param.help })), (param) => ({
    quiet,
    slider: !TYPED.includes(param.id),
    change: (value, live) => change((e) => setField(e, param.id, value), live),
  }));
}

/** What is behind a button that says what it is. @param {string} title @param {...HTMLElement} els */
export function fold(title, ...els) {
  const body = h('div', { class: 'params' }, ...els);
  return [createDisclosure(title, body), body];
}
