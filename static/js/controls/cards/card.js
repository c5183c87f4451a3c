// @ts-check
/** One optimizer: its sign, name, learning rate and outcome; the rest behind "More". */

import { h, mathLines, setAttribute } from '../../core/dom.js';
import { colourVar } from '../../core/palette.js';
import { say, sayNodes } from '../../core/words.js';
import { find, matchPreset, renameOptimizer, setHyper, suggestedRate } from '../../state/experiment.js';
import { createDisclosure } from '../elements/disclosure.js';
import { icon } from '../elements/icons.js';
import { attachMenu } from '../elements/menu.js';
import { createSwatch } from '../elements/swatch.js';
import { showFault } from '../params/number.js';
import { createParams } from '../params/param.js';
import { createOutcome } from './outcome.js';
import { createRate } from './rate.js';
import { createSchedule } from './schedule.js';

/**
 * @typedef {import('../../core/types.js').Context} Context
 * @typedef {import('../../core/types.js').Place} Place
 * @typedef {import('../../core/types.js').Model} Model
 * @typedef {import('../../core/types.js').OptimizerChoice} OptimizerChoice
 * @typedef {import('../../core/types.js').OptimizerEntry} OptimizerEntry
 * @typedef {{place: () => number, experiment: () => import('../../core/types.js').Experiment, toggle: () => void, items: () => import('../elements/menu.js').MenuItem[]}} Seat
 * @typedef {ReturnType<typeof createCard>} Card
 */

const FRONT = ['lr', 'momentum'];

/** Params of the card's face: the learning rate, and momentum where it matters. @param {Context} context @param {OptimizerEntry} entry @param {OptimizerChoice} optimizer */
function facesOf(context, entry, optimizer) {
  const named = matchPreset(context.catalog, optimizer)?.settings ?? {};
  const matters = (/** @type {string} */ id) => id === 'lr' || id in named || Boolean(optimizer[id]);
  return FRONT.map((id) => entry.params.find((param) => param.id === id)).filter((param) => param && matters(param.id));
}

/** The name is an entry that looks like text until it is touched. @param {Context} context @param {Seat} seat */
function createName(context, seat) {
  const fault = h('p', { class: 'fault', hidden: true, 'aria-live': 'polite' });
  const label = () => seat.experiment().optimizers[seat.place()].label;
  const commit = () => {
    const typed = el.value.trim();
    showFault(el, fault, typed ? null : say('cards.needs-name'));
    if (typed && typed !== label()) context.change((e) => renameOptimizer(e, seat.place(), typed), false);
  };
  const el = h('input', { class: 'card-name', type: 'text', 'aria-label': say('cards.name'), autocomplete: 'off', spellcheck: 'false', maxlength: context.catalog.limits.label });
  el.addEventListener('blur', commit);
  el.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') el.blur();
    if (event.key === 'Escape') el.value = label();
  });
  const set = (/** @type {string} */ text) => {
    if (document.activeElement !== el && el.value !== text) el.value = text;
  };
  return { el, fault, set };
}

/** The formula and where it comes from. @param {OptimizerEntry} entry */
function createFormula(entry) {
  const { title, url, where } = entry.source;
  const source = h('a', { href: url, target: '_blank', rel: 'noreferrer', text: title });
  const equations = entry.formula.map((text) => h('div', { class: 'equation' }, ...mathLines(text)));
  return h('div', { class: 'formula' }, h('p', { class: 'help', text: entry.line }), ...equations,
    h('p', { class: 'help' }, ...(where ? sayNodes('cards.source-where', { source, where }) : sayNodes('cards.source', { source }))));
}

/** A name that changes under a slider in the hand would be no help; one that follows a switch is. @param {import('../../core/types.js').Param} param */
function isNumeric({ kind }) {
  return kind !== 'switch' && kind !== 'choice';
}

/** @param {Context} context @param {Seat} seat @param {OptimizerEntry} entry @param {OptimizerChoice} optimizer */
function createBody(context, seat, entry, optimizer) {
  const { catalog, change } = context;
  const faces = facesOf(context, entry, optimizer);
  const howOf = (/** @type {import('../../core/types.js').Param} */ param) => ({
    quiet: faces.includes(param),
    change: (/** @type {any} */ value, /** @type {boolean} */ live) =>
      change((e) => setHyper(e, seat.place(), param.id, value, isNumeric(param) ? undefined : catalog), live),
    reset: param.id === 'lr'
      ? () => suggestedRate(catalog, seat.experiment(), seat.experiment().optimizers[seat.place()])
      : undefined,
  });
  const front = createParams(entry.params.filter((param) => faces.includes(param)), howOf);
  const rest = createParams(entry.params.filter((param) => !faces.includes(param)), howOf);
  const schedule = createSchedule(context, seat.place);
  return { front, rest, schedule, rate: createRate(context, front.get('lr')) };
}

/** @param {Seat} seat @param {SVGElement} swatch @param {HTMLInputElement} name */
function createHead(seat, swatch, name) {
  const toggle = h('button', { class: 'button-icon card-toggle', type: 'button', 'aria-pressed': 'true', on: { click: seat.toggle } }, swatch);
  const menu = h('button', { class: 'button-icon card-menu', type: 'button', 'aria-label': say('cards.menu') }, icon('more'));
  attachMenu(menu, say('cards.actions'), () => [{ title: say('cards.rename'), run: () => name.select() }, ...seat.items()]);
  return { el: h('div', { class: 'card-head' }, toggle, name, menu), toggle, menu };
}

/** @param {Context} context @param {Seat} seat @param {OptimizerChoice} optimizer */
export function createCard(context, seat, optimizer) {
  const entry = find(context.catalog.optimizers, optimizer.name);
  const swatch = createSwatch();
  const name = createName(context, seat);
  const head = createHead(seat, swatch.el, name.el);
  const outcome = createOutcome();
  const { front, rest, schedule, rate } = createBody(context, seat, entry, optimizer);
  const formulas = h('div', { hidden: true }, createFormula(entry));
  const body = h('div', { class: 'card-more' }, schedule.el, ...rest.els, createDisclosure(say('cards.formula'), formulas), formulas);
  const foot = h('div', { class: 'card-foot' }, createDisclosure(say('cards.more'), body), outcome.badge);
  const el = h('div', { class: 'card', role: 'group' }, head.el, name.fault, ...front.els, foot, outcome.sentence, body);

  /** @param {Model} model @param {number} place */
  const update = (model, place) => {
    const now = model.experiment.optimizers[place];
    const style = model.view.styles[place] ?? { slot: place, hidden: false };
    setAttribute(el, 'aria-label', now.label);
    setAttribute(head.toggle, 'aria-label', say('cards.show-this', { label: now.label }));
    setAttribute(head.toggle, 'aria-pressed', String(!style.hidden));
    head.toggle.title = say(style.hidden ? 'cards.show' : 'cards.hide');
    el.toggleAttribute('data-hidden', style.hidden);
    swatch.set(style.slot);
    el.style.setProperty('--own', colourVar(style.slot));
    name.set(now.label);
    rate.setRange(model.experiment, now);
    front.set(now);
    rest.set(now);
    schedule.set(now.schedule);
    updateRace(model, place);
  };
  const updateRace = (/** @type {Model} */ { race }, /** @type {number} */ place) => {
    outcome.set(race?.outcomes?.[place] ?? null);
    rate.setOutcome(race?.outcomes?.[place] ?? null);
    if (race?.complete && race.columns.lr[place]) schedule.setRates(race.columns.lr[place], race.lengths[place]);
  };
  const setFault = (/** @type {Place} */ at, /** @type {string|null} */ message) => {
    if (at[0] === 'schedule') schedule.setFault(at.slice(1), message);
    else if (at[0] === 'label') showFault(name.el, name.fault, message);
    else for (const group of [front, rest]) group.setFault(at, message);
  };
  return { el, kind: optimizer.name, update, setFault, focus: () => head.menu.focus() };
}
