// @ts-check
/** The experiment document, changed by pure functions: each takes one and returns another. */

/**
 * @typedef {import('../core/types.js').Experiment} Experiment
 * @typedef {import('../core/types.js').Catalog} Catalog
 * @typedef {import('../core/types.js').Surface} Surface
 * @typedef {import('../core/types.js').Preset} Preset
 * @typedef {import('../core/types.js').Param} Param
 * @typedef {import('../core/types.js').ParamValue} ParamValue
 * @typedef {import('../core/types.js').OptimizerChoice} OptimizerChoice
 */

/** Where neither the surface nor anything else suggests a learning rate. */
const FALLBACK_RATE = 0.01;

/** @template {{id: string}} T @param {T[]} entries @param {string} id @returns {T} */
export function find(entries, id) {
  const entry = entries.find((each) => each.id === id);
  if (!entry) throw new Error(`unknown ${JSON.stringify(id)}; known: ${entries.map((each) => each.id).join(', ')}`);
  return entry;
}

/** @param {Param[]} params @returns {Record<string, ParamValue>} */
export function defaults(params) {
  return Object.fromEntries(params.map((param) => [param.id, structuredClone(param.default)]));
}

/** @param {Catalog} catalog @param {string} id */
export function newSchedule(catalog, id) {
  return { name: id, ...defaults(find(catalog.schedules, id).params), ...defaults(catalog.warmup) };
}

/** The surface of an experiment, or null when the objective is something else. @param {Catalog} catalog @param {Experiment} experiment */
export function surfaceOf(catalog, experiment) {
  const { kind, name } = experiment.objective;
  return kind === 'surface' ? (catalog.surfaces.find((each) => each.id === name) ?? null) : null;
}

/** @param {Surface|null} surface @param {Preset|null} preset @param {string} optimizer */
function suggestion(surface, preset, optimizer) {
  const rates = surface?.rates ?? {};
  return (preset ? rates[preset.id] : undefined) ?? rates[optimizer] ?? FALLBACK_RATE;
}

/** The learning rate that the surface suggests for this optimizer. @param {Catalog} catalog @param {Experiment} experiment @param {OptimizerChoice} optimizer */
export function suggestedRate(catalog, experiment, optimizer) {
  return suggestion(surfaceOf(catalog, experiment), matchPreset(catalog, optimizer), optimizer.name);
}

/** A whole optimizer, every field written out. @param {Catalog} catalog @param {Surface|null} surface @param {string} presetId @returns {OptimizerChoice} */
export function fromPreset(catalog, surface, presetId) {
  const preset = find(catalog.presets, presetId);
  const entry = find(catalog.optimizers, preset.optimizer);
  return {
    name: entry.id,
    label: preset.title,
    ...defaults(entry.params),
    ...structuredClone(preset.settings),
    lr: suggestion(surface, preset, entry.id),
    schedule: newSchedule(catalog, 'constant'),
  };
}

/** Whether a value is what makes a preset: a number that is not the default, or a switch or choice of that value. @param {Param} param @param {ParamValue} value @param {ParamValue} wanted */
function inUse(param, value, wanted) {
  return param.kind === 'number' ? value !== param.default : value === wanted;
}

/**
 * The preset that an optimizer is a variation of: of those that fit, the one with the most settings in use; where none
 * fits, the first. The server names an optimizer that has no label by the same rule.
 * @param {Catalog} catalog @param {OptimizerChoice} optimizer @returns {Preset|null}
 */
export function matchPreset(catalog, optimizer) {
  const presets = catalog.presets.filter((preset) => preset.optimizer === optimizer.name);
  const params = catalog.optimizers.find((entry) => entry.id === optimizer.name)?.params ?? [];
  const fits = presets.filter(({ settings }) =>
    Object.entries(settings).every(([id, wanted]) => inUse(find(params, id), optimizer[id], wanted)),
  );
  const most = Math.max(...fits.map((preset) => Object.keys(preset.settings).length));
  return fits.find((preset) => Object.keys(preset.settings).length === most) ?? presets[0] ?? null;
}

/** `label`, or with the first free number behind it. @param {string} label @param {string[]} taken */
export function uniqueLabel(label, taken) {
  if (!taken.includes(label)) return label;
  const stem = label.replace(/ \d+$/, '');
  let number = 2;
  while (taken.includes(`${stem} ${number}`)) number += 1;
  return `${stem} ${number}`;
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
  const optimizer = fromPreset(catalog, surfaceOf(catalog, experiment), presetId);
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

/** Another surface, from its own start, with the learning rates that it suggests. @param {Experiment} experiment @param {Catalog} catalog @param {string} id @returns {Experiment} */
export function setSurface(experiment, catalog, id) {
  const surface = find(catalog.surfaces, id);
  const optimizers = experiment.optimizers.map((optimizer) => ({
    ...optimizer,
    lr: suggestion(surface, matchPreset(catalog, optimizer), optimizer.name),
  }));
  const objective = { kind: 'surface', name: id, params: defaults(surface.params) };
  return { ...experiment, objective, start: [surface.start[0], surface.start[1]], optimizers };
}

/** @param {Experiment} experiment @param {string} id @param {ParamValue} value @returns {Experiment} */
export function setSurfaceParam(experiment, id, value) {
  const { objective } = experiment;
  return { ...experiment, objective: { ...objective, params: { ...objective.params, [id]: value } } };
}

/** @param {Experiment} experiment @param {[number, number]} start @returns {Experiment} */
export function setStart(experiment, start) {
  return { ...experiment, start: [start[0], start[1]] };
}

/** One of the experiment's own fields: steps, seed, noise ... @param {Experiment} experiment @param {string} id @param {ParamValue} value @returns {Experiment} */
export function setField(experiment, id, value) {
  return { ...experiment, [id]: value };
}
