// @ts-check
/** What is minimised: a surface or a model, each with its panel of the rail. */

import { h, setAttribute, setHidden, setText, uniqueId } from '../../core/dom.js';
import { say } from '../../core/words.js';
import { revealFaults } from '../elements/disclosure.js';
import { createTabs } from '../elements/tabs.js';
import { createModelPanel } from './model.js';
import { createSurfacePanel } from './surface.js';

/**
 * @typedef {import('../../core/types.js').Context} Context
 * @typedef {import('../../core/types.js').Model} Model
 * @typedef {import('../../core/types.js').Problem} Problem
 * @typedef {Object} Panel
 * @property {HTMLElement} el
 * @property {(model: Model) => void} update
 * @property {(at: import('../../core/types.js').Place, message: string|null) => boolean} setFault  false where no control of it stands for that field
 */

const KINDS = /** @type {const} */ ([{ id: 'surface', title: say('problem.surface') }, { id: 'model', title: say('problem.model') }]);

/** What no single control stands for is said above them all. @param {Panel} panel @param {HTMLElement} fault @param {Problem[]} problems @param {boolean} clear */
function markFaults(panel, fault, problems, clear) {
  const others = problems.filter(({ at, message }) => !panel.setFault(at, clear ? null : message) && at[0] === 'objective');
  setText(fault, clear ? '' : others.map(({ message }) => message).join(' '));
  setHidden(fault, fault.textContent === '');
}

/** @param {HTMLElement} root @param {Context} context @returns {import('../../core/types.js').Control} */
export function createProblem(root, context) {
  /** @type {Record<import('../../core/types.js').Kind, Panel>} */
  const panels = { surface: createSurfacePanel(context), model: createModelPanel(context) };
  const fault = h('p', { class: 'fault', 'aria-live': 'polite', hidden: true });
  const body = h('div', { class: 'zone-body', id: uniqueId('panel'), role: 'tabpanel' }, fault, panels.surface.el, panels.model.el);
  root.append(body);
  const tabs = createTabs(root, say('problem.kinds'), body.id, (id) => context.commands.showKind(id));
  tabs.offer([...KINDS]);
  /** @type {{panel: Panel, problems: Problem[]}} */
  let marked = { panel: panels.surface, problems: [] };
  const update = (/** @type {Model} */ model) => {
    const { kind } = model.experiment.objective;
    const panel = panels[kind];
    tabs.update(kind);
    setAttribute(body, 'aria-labelledby', `tab-${kind}`);
    for (const { id } of KINDS) setHidden(panels[id].el, id !== kind);
    panel.update(model);
    if (model.problems === marked.problems) return;
    markFaults(marked.panel, fault, marked.problems, true);
    marked = { panel, problems: model.problems };
    markFaults(panel, fault, model.problems, false);
    revealFaults(panel.el);
  };
  return { update };
}
