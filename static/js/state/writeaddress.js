// @ts-check
/**
 * The experiment as a short, readable address.
 *
 *   ?v=1&on=quadratic&on.condition=20&start=2.5,1.5&o=sgd;lr=0.05;momentum=0.9&o=adam;lr=0.1&steps=200&view=3d
 *   ?v=1&f=a*x^2%2By^2&f.a=3&f.window=-3,3,-3,3&start=2,1&o=adam;lr=0.1
 *   ?v=1&model=mlp&model.hidden=8,&data=spirals&data.noise=0.2&batch_size=32&o=adam;lr=0.01&plane=random&plane.seed=3
 *
 * What equals the catalogue's default is left out.
 */
import { encode, writeValue } from './addresstext.js';
import { matchPreset, uniqueLabel } from './entries.js';
import { profileOf } from './profiles.js';
import { lossesFor } from './suiting.js';
import { usualRange } from './typed.js';
import { writeView as writeDocument } from './viewdocument.js';

/** @typedef {import('../core/types.js').Catalog} Catalog */
/** @typedef {import('../core/types.js').Experiment} Experiment */
/** @typedef {import('../core/types.js').Named} Named */
/** @typedef {import('../core/types.js').View} View */
/** @typedef {import('../core/types.js').Param} Param */

/** @param {Experiment} experiment @param {View} view @param {Catalog} catalog @returns {string} */
export function writeAddress(experiment, view, catalog) {
  const { objective, optimizers } = experiment;
  const parts = [`v=${experiment.version}`];
  if (objective.kind === 'model') parts.push(...writeModel(objective, catalog));
  else if ('expression' in objective) parts.push(...writeTyped(objective));
  else parts.push(...writeEntry('on', catalog.surfaces, objective.name, objective.params));
  if (experiment.start) parts.push(`start=${writeValue(experiment.start)}`);
  const labels = optimizers.map((choice) => choice.label);
  optimizers.forEach((choice, index) => parts.push(`o=${writeOptimizer(choice, catalog, labels.slice(0, index))}`));
  if (optimizers.length === 0) parts.push('o=');
  parts.push(...writeFields('', catalog.experiment, experiment));
  return `?${parts.concat(writeView(view, experiment, catalog)).join('&')}`;
}

/** @param {import('../core/types.js').TypedObjective} objective @returns {string[]} */
function writeTyped(objective) {
  const { expression, params, ranges } = objective;
  const unusual = Object.entries(ranges).filter(([id, ends]) => String(ends) !== String(usualRange(params[id])));
  return [
    `f=${encode(expression)}`,
    ...Object.entries(params).filter(([, value]) => value !== 1).map(([id, value]) => `f.${id}=${writeValue(value)}`),
    ...unusual.map(([id, ends]) => `f.range.${id}=${writeValue(ends)}`),
    `f.window=${writeValue(objective.window.flat())}`,
  ];
}

/** @param {import('../core/types.js').ModelObjective} objective @param {Catalog} catalog @returns {string[]} */
function writeModel(objective, catalog) {
  const { model, dataset, loss } = objective;
  const usual = lossesFor(catalog, model, dataset)[0]?.id;
  return [
    ...writeEntry('model', catalog.models, model.name, model),
    ...writeEntry('data', catalog.datasets, dataset.name, dataset),
    ...(loss === usual ? [] : [`loss=${encode(loss)}`]),
    ...writeFields('', catalog.model_fields, objective),
  ];
}

/** `key=name`, and `key.id=value` for each param. @param {string} key @param {{id: string, params: Param[]}[]} entries @param {string} name @param {Record<string, any>} values */
function writeEntry(key, entries, name, values) {
  const params = entries.find((entry) => entry.id === name)?.params ?? [];
  return [`${key}=${encode(name)}`, ...writeFields(`${key}.`, params, values)];
}

/** The fields that differ from their default. @param {string} prefix @param {Param[]} params @param {Record<string, any>} values @returns {string[]} */
function writeFields(prefix, params, values) {
  return params
    .filter(({ id, default: usual }) => id in values && JSON.stringify(values[id]) !== JSON.stringify(usual))
    .map(({ id }) => `${prefix}${id}=${writeValue(values[id])}`);
}

/** The label is left out where the server would give the same. @param {import('../core/types.js').OptimizerChoice} choice @param {Catalog} catalog @param {string[]} taken */
function writeOptimizer(choice, catalog, taken) {
  const entry = catalog.optimizers.find((one) => one.id === choice.name);
  const parts = [choice.name, ...writeFields('', entry?.params ?? [], choice)];
  const preset = matchPreset(catalog, choice);
  if (!preset || choice.label !== uniqueLabel(preset.title, taken)) parts.push(`label=${encode(choice.label)}`);
  const schedule = catalog.schedules.find((one) => one.id === choice.schedule.name);
  if (choice.schedule.name !== 'constant') parts.push(`schedule=${choice.schedule.name}`);
  parts.push(...writeFields('schedule.', [...(schedule?.params ?? []), ...catalog.warmup], choice.schedule));
  return parts.join(';');
}

/** @param {View} view @param {Experiment} experiment @param {Catalog} catalog @returns {string[]} */
function writeView(view, experiment, catalog) {
  const { tabs, field } = profileOf(catalog, experiment);
  const { tab, styles, plane } = view;
  const { curve, log, step, camera, range, measure, speed } = writeDocument(view);
  const parts = tab === tabs[0] ? [] : [`view=${tab}`];
  if (!field && plane) parts.push(...writeEntry('plane', catalog.planes, plane.name, plane));
  if (styles.some((style, index) => style.slot !== index)) parts.push(`colours=${styles.map((style) => style.slot).join(',')}`);
  const hidden = styles.flatMap((style, index) => (style.hidden ? [index + 1] : []));
  if (hidden.length) parts.push(`hide=${hidden.join(',')}`);
  const said = { curve, log, step, camera: camera?.join(','), range: range?.join(','), measure, speed };
  return [...parts, ...Object.entries(said).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`]))];
}
