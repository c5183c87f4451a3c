// @ts-check
/** Experiments worth a look: a menu of them, and what to look for in the one that is shown. */

import { h, setText } from '../../core/dom.js';
import { say, sayNodes } from '../../core/words.js';
import { onModel } from '../../state/experiment.js';
import { groundOf } from '../../state/profiles.js';
import { icon } from '../elements/icons.js';
import { attachMenu } from '../elements/menu.js';

/**
 * @typedef {import('../../core/types.js').Context} Context
 * @typedef {import('../../core/types.js').Experiment} Experiment
 * @typedef {import('../../core/types.js').Scenario} Scenario
 */

/** What makes an experiment another one: turning a number does not. @param {Experiment} experiment */
function structureOf(experiment) {
  const parts = [groundOf(experiment), onModel(experiment)?.loss];
  return [...parts, ...experiment.optimizers.map((optimizer) => optimizer.name)].join(' ');
}

/** Whether two documents say the same, in whatever order. @param {any} one @param {any} other @returns {boolean} */
function isSame(one, other) {
  if (one === null || other === null || typeof one !== 'object' || typeof other !== 'object') return Object.is(one, other);
  const [mine, yours] = [Object.keys(one), Object.keys(other)];
  return mine.length === yours.length && mine.every((key) => key in other && isSame(one[key], other[key]));
}

/**
 * The scenario that is shown: the last one as long as the experiment is still built like it, else one that is the same.
 * @param {Scenario[]} scenarios @param {Experiment} experiment @param {string} last  id
 */
function findScenario(scenarios, experiment, last) {
  const structure = structureOf(experiment);
  const alike = scenarios.filter((scenario) => structureOf(scenario.experiment) === structure);
  const same = alike.find((scenario) => isSame(scenario.experiment.objective, experiment.objective));
  return same ?? alike.find((scenario) => scenario.id === last) ?? null;
}

/** @param {Context} context */
export function createScenarios({ catalog, commands }) {
  const { scenarios } = catalog;
  const [title, line] = [h('span', { class: 'scenario-title' }), h('p', { class: 'scenario-line' })];
  const open = h('button', { class: 'scenario', type: 'button' },
    ...sayNodes('scenarios.look-for', { title }).map((part) => (part === title ? part : h('span', { class: 'unseen' }, part))), icon('chevron'));
  attachMenu(open, say('scenarios.menu'), () =>
    scenarios.map((scenario) => ({ title: scenario.title, line: scenario.line, run: () => commands.openScenario(scenario.id) })), 'menu-wide');
  let last = '';
  return {
    el: h('div', { class: 'scenarios', hidden: scenarios.length === 0 }, open, line),
    set: (/** @type {Experiment} */ experiment) => {
      const scenario = findScenario(scenarios, experiment, last);
      last = scenario?.id ?? '';
      setText(title, scenario?.title ?? say('scenarios.choose'));
      setText(line, scenario?.line ?? say('scenarios.own'));
    },
  };
}
