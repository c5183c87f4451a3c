// @ts-check
/**
 * The experiment as a short, readable address, and back.
 *
 *   ?v=1&on=quadratic&on.condition=20&start=2.5,1.5&o=sgd;lr=0.05;momentum=0.9&o=adam;lr=0.1&steps=200&view=3d
 *
 * What equals the catalogue's default is left out. Reading makes plain values and judges nothing: the server does that.
 */
import { matchPreset, uniqueLabel } from './entries.js';

/** @typedef {import('../core/types.js').Catalog} Catalog */
/** @typedef {import('../core/types.js').Experiment} Experiment */
/** @typedef {import('../core/types.js').View} View */
/** @typedef {import('../core/types.js').Param} Param */

const NUMBER = /^-?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
const WORDS = new Map([['true', true], ['false', false], ['null', null]]);

/** @param {Experiment} experiment @param {View} view @param {Catalog} catalog @returns {string} */
export function writeAddress(experiment, view, catalog) {
  const { objective } = experiment;
  const surface = catalog.surfaces.find((entry) => entry.id === objective.name);
  const parts = [`v=${experiment.version}`, `on=${objective.name}`];
  for (const [id, value] of changed(surface?.params ?? [], objective.params)) parts.push(`on.${id}=${plain(value)}`);
  parts.push(`start=${plain(experiment.start)}`);
  const labels = experiment.optimizers.map((choice) => choice.label);
  experiment.optimizers.forEach((choice, index) => parts.push(`o=${writeOptimizer(choice, catalog, labels.slice(0, index))}`));
  if (experiment.optimizers.length === 0) parts.push('o=');
  for (const [id, value] of changed(catalog.experiment, experiment)) parts.push(`${id}=${plain(value)}`);
  return `?${parts.concat(writeView(view)).join('&')}`;
}

/** The label is left out where the server would give the same. @param {import('../core/types.js').OptimizerChoice} choice @param {Catalog} catalog @param {string[]} taken */
function writeOptimizer(choice, catalog, taken) {
  const entry = catalog.optimizers.find((one) => one.id === choice.name);
  const params = entry?.params ?? [];
  const parts = [choice.name, ...changed(params, choice).map(([id, value]) => `${id}=${plain(value)}`)];
  const preset = matchPreset(catalog, choice);
  if (!preset || choice.label !== uniqueLabel(preset.title, taken)) parts.push(`label=${encode(choice.label)}`);
  const schedule = catalog.schedules.find((one) => one.id === choice.schedule.name);
  const settings = changed([...(schedule?.params ?? []), ...catalog.warmup], choice.schedule);
  if (choice.schedule.name !== 'constant') parts.push(`schedule=${choice.schedule.name}`);
  for (const [id, value] of settings) parts.push(`schedule.${id}=${plain(value)}`);
  return parts.join(';');
}

/** @param {View} view */
function writeView(view) {
  const parts = [];
  if (view.tab !== '2d') parts.push(`view=${view.tab}`);
  if (view.styles.some((style, index) => style.slot !== index)) {
    parts.push(`colours=${view.styles.map((style) => style.slot).join(',')}`);
  }
  const hidden = view.styles.flatMap((style, index) => (style.hidden ? [index + 1] : []));
  if (hidden.length) parts.push(`hide=${hidden.join(',')}`);
  return parts;
}

/** The fields that differ from their default. @param {Param[]} params @param {Record<string, any>} values @returns {[string, any][]} */
function changed(params, values) {
  return params
    .filter((param) => param.id in values && !same(values[param.id], param.default))
    .map((param) => [param.id, values[param.id]]);
}

/** @param {unknown} one @param {unknown} other */
function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** @param {unknown} value @returns {string} */
function plain(value) {
  return Array.isArray(value) ? value.map(plain).join(',') : encode(String(value));
}

/** Escapes what has a meaning here, and no more. @param {string} text */
function encode(text) {
  return encodeURIComponent(text).replaceAll('%20', '+');
}

/**
 * What an address says: a draft that is not checked yet, or null when it names no experiment, and the view.
 * @param {string} query @returns {{draft: Record<string, any>|null, view: Partial<View>}}
 */
export function readAddress(query) {
  const pairs = query.replace(/^\?/, '').split('&').filter(Boolean).map(splitPair);
  /** @type {Record<string, any>} */
  const draft = {};
  /** @type {Record<string, string>} */
  const view = {};
  for (const [key, text] of pairs) readPair(draft, view, key, text);
  return { draft: Object.keys(draft).length ? draft : null, view: readView(view) };
}

/** @param {Record<string, any>} draft @param {Record<string, string>} view @param {string} key @param {string} text */
function readPair(draft, view, key, text) {
  if (key === 'v') draft.version = value(text);
  else if (key === 'on') draft.objective = { kind: 'surface', params: {}, ...draft.objective, name: decode(text) };
  else if (key.startsWith('on.')) {
    draft.objective ??= { kind: 'surface', params: {} };
    draft.objective.params[key.slice(3)] = value(text);
  } else if (key === 'o') draft.optimizers = (draft.optimizers ?? []).concat(text ? readOptimizer(text) : []);
  else if (['view', 'colours', 'hide'].includes(key)) view[key] = decode(text);
  else draft[key] = value(text);
}

/** @param {string} text */
function readOptimizer(text) {
  const [name, ...pairs] = text.split(';');
  /** @type {Record<string, any>} */
  const choice = { name: decode(name) };
  for (const [key, part] of pairs.filter(Boolean).map(splitPair)) {
    if (key === 'label') choice.label = decode(part);
    else if (key === 'schedule') choice.schedule = { ...choice.schedule, name: decode(part) };
    else if (key.startsWith('schedule.')) {
      choice.schedule = { name: 'constant', ...choice.schedule, [key.slice(9)]: value(part) };
    } else choice[key] = value(part);
  }
  return choice;
}

/** @param {Record<string, string>} text @returns {Partial<View>} */
function readView({ view, colours, hide }) {
  const slots = (colours ?? '').split(',').map(Number).filter((slot) => Number.isInteger(slot) && slot >= 0 && slot < 64);
  const hidden = new Set((hide ?? '').split(',').map(Number));
  const count = Math.max(colours ? slots.length : 0, ...[...hidden].filter((place) => place > 0 && place <= 64));
  const styles = Array.from({ length: count }, (_, index) => ({
    slot: slots.length === count && colours ? slots[index] : index,
    hidden: hidden.has(index + 1),
  }));
  /** @type {Partial<View>} */
  const read = styles.length ? { styles } : {};
  return view === '3d' || view === 'both' ? { ...read, tab: view } : read;
}

/** @param {string} pair @returns {[string, string]} */
function splitPair(pair) {
  const at = pair.indexOf('=');
  return at < 0 ? [decode(pair), ''] : [decode(pair.slice(0, at)), pair.slice(at + 1)];
}

/** A list, a number, true, false, null, or else the text itself. @param {string} text @returns {unknown} */
function value(text) {
  if (text.includes(',')) return text.split(',').map(value);
  const word = decode(text);
  if (WORDS.has(word)) return WORDS.get(word);
  return NUMBER.test(word) && Number.isFinite(Number(word)) ? Number(word) : word;
}

/** @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text; // A cut escape such as %E2%: shown as it came.
  }
}
