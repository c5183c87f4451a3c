// @ts-check
/** The experiment document, changed by pure functions: each takes one and returns another. */
import { defaults, find, matchPreset, newSchedule, uniqueLabel } from './entries.js';
import { suggestion } from './rates.js';

export { find, matchPreset } from './entries.js';
export * from './objective.js';
export { suggestedRate } from './rates.js';

/**
 * @typedef {import('../core/types.js').Experiment} Experiment
 * @typedef {import('../core/types.js').Catalog} Catalog
 * @typedef {import('../core/types.js').ParamValue} ParamValue
 * @typedef {import('../core/types.js').OptimizerChoice} OptimizerChoice
 */

/** A whole optimizer, every field written out. @param {Catalog} catalog @param {Experiment} experiment @param {string} presetId @returns {OptimizerChoice} */
function fromPreset(catalog, experiment, presetId) {
  const preset = find(catalog.presets, presetId);
  const entry = find(catalog.optimizers, preset.optimizer);
  return {
    name: entry.id,
    label: preset.title,
    ...defaults(entry.params),
    ...structuredClone(preset.settings),
    lr: suggestion(catalog, experiment, preset),
    schedule: newSchedule(catalog, 'constant'),
  };
}

/** @param {Experiment} experiment @param {number} [except] */
function labels(experiment, except = -1) {
  return experiment.optimizers.filter((_, index) => index !== except).map((optimizer) => optimizer.label);
}

/** @param {Experiment} experiment @param {number} index @param {(optimizer: OptimizerChoice) => OptimizerChoice} fn @returns {Experiment} */
function withOptimizer(experiment, index, fn) {
  const optimizers = experiment.optimizers.map((each, place) => (place === index ? fn(each) : each));
  return { ...experiment, optimizers };
}

/** @param {Experiment} experiment @param {Catalog} catalog @param {string} presetId @returns {Experiment} */
export function addOptimizer(experiment, catalog, presetId) {
  const optimizer = fromPreset(catalog, experiment, presetId);
  optimizer.label = uniqueLabel(optimizer.label, labels(experiment));
  return { ...experiment, optimizers: [...experiment.optimizers, optimizer] };
}

/** @param {Experiment} experiment @param {number} index @returns {Experiment} */
export function removeOptimizer(experiment, index) {
  return { ...experiment, optimizers: experiment.optimizers.filter((_, place) => place !== index) };
}

/** The copy comes right behind. @param {Experiment} experiment @param {number} index @returns {Experiment} */
export function duplicateOptimizer(experiment, index) {
  const copy = structuredClone(experiment.optimizers[index]);
  copy.label = uniqueLabel(copy.label, labels(experiment));
  return { ...experiment, optimizers: experiment.optimizers.toSpliced(index + 1, 0, copy) };
}

/** @param {Experiment} experiment @param {number} from @param {number} to @returns {Experiment} */
export function moveOptimizer(experiment, from, to) {
  const optimizers = experiment.optimizers.toSpliced(from, 1).toSpliced(to, 0, experiment.optimizers[from]);
  return { ...experiment, optimizers };
}

/** @param {Experiment} experiment @param {number} index @param {string} label @returns {Experiment} */
export function renameOptimizer(experiment, index, label) {
  return withOptimizer(experiment, index, (optimizer) => ({ ...optimizer, label }));
}

/** A label that still says the preset's name follows when the settings become another preset. @param {Catalog} catalog @param {OptimizerChoice} before @param {OptimizerChoice} after @param {string[]} taken */
function followingLabel(catalog, before, after, taken) {
  const [old, now] = [matchPreset(catalog, before), matchPreset(catalog, after)];
  const automatic = old !== null && before.label.replace(/ \d+$/, '') === old.title;
  return automatic && now !== null && now !== old ? uniqueLabel(now.title, taken) : before.label;
}

/** @param {Experiment} experiment @param {number} index @param {string} id @param {ParamValue} value @param {Catalog} [catalog] @returns {Experiment} */
export function setHyper(experiment, index, id, value, catalog) {
  return withOptimizer(experiment, index, (before) => {
    const after = { ...before, [id]: value };
    if (catalog) after.label = followingLabel(catalog, before, after, labels(experiment, index));
    return after;
  });
}

/** Another schedule; the warm-up stays. @param {Experiment} experiment @param {Catalog} catalog @param {number} index @param {string} id @returns {Experiment} */
export function setSchedule(experiment, catalog, index, id) {
  return withOptimizer(experiment, index, (optimizer) => {
    const kept = catalog.warmup.map((param) => [param.id, optimizer.schedule[param.id] ?? param.default]);
    return { ...optimizer, schedule: { ...newSchedule(catalog, id), ...Object.fromEntries(kept) } };
  });
}

/** @param {Experiment} experiment @param {number} index @param {string} id @param {ParamValue} value @returns {Experiment} */
export function setScheduleParam(experiment, index, id, value) {
  return withOptimizer(experiment, index, (each) => ({ ...each, schedule: { ...each.schedule, [id]: value } }));
}

/** @param {Experiment} experiment @param {[number, number]} start @returns {Experiment} */
export function setStart(experiment, start) {
  return { ...experiment, start: [start[0], start[1]] };
}

/** One of the experiment's own fields: steps, seed, noise ... @param {Experiment} experiment @param {string} id @param {ParamValue} value @returns {Experiment} */
export function setField(experiment, id, value) {
  return { ...experiment, [id]: value };
}
