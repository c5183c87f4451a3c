// @ts-check
/** An experiment as a list of its parts, each with a name and a value that people can read. Pure. */
import { formatExact, formatNumber } from '../core/format.js';
import { say } from '../core/words.js';

/** @typedef {import('../core/types.js').Catalog} Catalog */
/** @typedef {import('../core/types.js').Experiment} Experiment */
/** @typedef {import('../core/types.js').OptimizerChoice} OptimizerChoice */
/** @typedef {import('../core/types.js').Param} Param */

/** exact: with every digit. usual: whether it is as the catalogue has it. @typedef {{name: string, text: string, exact: string, usual: boolean}} Part */
/** summary: what is not usual, in one line. @typedef {{label: string, parts: Part[], summary: string}} Described */

/** What null stands for, where that is more than that the thing is off. @type {Record<string, import('../core/words.js').Key>} */
const NOTHING = { batch_size: 'compare.all-samples' };

/** Nobody takes a learning rate for granted, so it is told even where it is as the catalogue has it. */
const ALWAYS = 'lr';

/** @param {Experiment} experiment @param {Catalog} catalog @returns {{problem: Part[], run: Part[], optimizers: Described[]}} */
export function describe(experiment, catalog) {
  const start = experiment.start ? [part(say('compare.parts.start'), experiment.start)] : [];
  return {
    problem: describeObjective(experiment.objective, catalog),
    run: [...start, ...fields(catalog.experiment, experiment)],
    optimizers: experiment.optimizers.map((choice) => describeOptimizer(choice, catalog)),
  };
}

/** @param {Experiment['objective']} objective @param {Catalog} catalog @returns {Part[]} */
function describeObjective(objective, catalog) {
  if ('expression' in objective) return describeTyped(objective);
  if (objective.kind === 'surface') return entry(say('compare.parts.surface'), catalog.surfaces, objective.name, objective.params);
  const { model, dataset, loss } = objective;
  return [
    ...entry(say('compare.parts.model'), catalog.models, model.name, model),
    ...entry(say('compare.parts.data'), catalog.datasets, dataset.name, dataset),
    ...entry(say('compare.parts.loss'), catalog.losses, loss, {}),
    ...fields(catalog.model_fields, objective),
  ];
}

/** @param {import('../core/types.js').TypedObjective} objective @returns {Part[]} */
function describeTyped({ expression, params, ranges, window }) {
  return [
    part(say('compare.parts.surface'), expression),
    ...Object.entries(params).map(([id, value]) => part(id, value)),
    ...Object.entries(ranges).map(([id, ends]) => part(say('compare.parts.range', { name: id }), ends)),
    part(say('compare.parts.window'), window.flat()),
  ];
}

/** @param {OptimizerChoice} choice @param {Catalog} catalog @returns {Described} */
function describeOptimizer(choice, catalog) {
  const kind = entry(say('compare.parts.optimizer'), catalog.optimizers, choice.name, choice);
  const [schedule, ...settings] = entry(say('compare.parts.schedule'), catalog.schedules, choice.schedule.name, choice.schedule);
  const parts = [...kind, schedule, ...settings.map(ofSchedule), ...fields(catalog.warmup, choice.schedule)];
  const unusual = parts.slice(1).filter((each) => !each.usual);
  const summary = [kind[0].text, ...unusual.map(({ name, text }) => say('compare.setting', { name, value: text }))].join(', ');
  return { label: choice.label, parts: [part(say('compare.parts.name'), choice.label), ...parts], summary };
}

/** @param {Part} setting @returns {Part} */
function ofSchedule(setting) {
  return { ...setting, name: say('compare.parts.of-schedule', { name: setting.name }) };
}

/** What something of the catalogue is, and its params. @param {string} name @param {{id: string, title: string, params?: Param[]}[]} entries @param {string} id @param {Record<string, any>} values @returns {Part[]} */
function entry(name, entries, id, values) {
  const found = entries.find((each) => each.id === id);
  const usual = id === 'constant';
  return [{ name, text: found?.title ?? id, exact: id, usual }, ...fields(found?.params ?? [], values)];
}

/** @param {Param[]} params @param {Record<string, any>} values @returns {Part[]} */
function fields(params, values) {
  return params.map((param) => {
    const { id, title, unit, default: usual } = param;
    const made = part(title, values[id], unit, say(NOTHING[id] ?? 'compare.off'));
    return { ...made, usual: id !== ALWAYS && JSON.stringify(values[id]) === JSON.stringify(usual) };
  });
}

/** @param {string} name @param {any} value @param {string} [unit] @param {string} [nothing] @returns {Part} */
function part(name, value, unit = '', nothing = say('compare.off')) {
  const written = (/** @type {(number: number) => string} */ format) => write(value, format, nothing) + (unit && value !== null ? ` ${unit}` : '');
  return { name, text: written(formatNumber), exact: written(formatExact), usual: false };
}

/** @param {any} value @param {(number: number) => string} format @param {string} nothing @returns {string} */
function write(value, format, nothing) {
  if (Array.isArray(value)) return value.length ? value.map((each) => write(each, format, nothing)).join(', ') : say('compare.none');
  if (typeof value === 'number') return (Number.isInteger(value) ? formatExact : format)(value).replaceAll('-', '−');
  if (typeof value === 'boolean') return say(value ? 'compare.on' : 'compare.off');
  return value === null || value === undefined ? nothing : String(value);
}
