// @ts-check
/** What an address says, as `writeaddress.js` writes it. Makes plain values and judges nothing: the server does that. */
import { decode, readNumber, readValue, reveal, settle, splitPair, splitQuery } from './addresstext.js';
import { say } from '../core/words.js';
import { allTabs } from './profiles.js';
import { isTracker } from './trackers.js';
import { readView as readDocument } from './viewdocument.js';

/** @typedef {import('../core/types.js').Catalog} Catalog */
/** @typedef {import('../core/types.js').Problem} Problem */
/** @typedef {import('../core/types.js').View} View */
/** Without a prototype: a field of an address may be called `__proto__`. @typedef {{draft: Record<string, any>, objective: Record<string, any>, view: Record<string, any>, problems: Problem[]}} Parts */

/** Keys of entries with params, and where they belong. @type {Record<string, ['objective'|'view', string]>} */
const ENTRIES = { model: ['objective', 'model'], data: ['objective', 'dataset'], plane: ['view', 'plane'] };
const VIEW_KEYS = ['view', 'colours', 'hide', 'curve', 'log', 'step', 'camera', 'range', 'measure', 'speed'];
/** What the page or the server reads for itself. */
const PAGE_KEYS = ['embed', 'show', 'theme', 'lang'];
/** Fields of a document that an address has other words for. */
const DOCUMENT_KEYS = ['objective', 'optimizers'];
/** What an address can say beside the fields of a document and of its objective. */
export const ADDRESS_KEYS = ['v', 'on', 'f', 'o', ...Object.keys(ENTRIES), ...VIEW_KEYS, ...PAGE_KEYS, ...DOCUMENT_KEYS];

/**
 * The draft is not checked yet, and null when the address names no experiment; problems are about what no document has.
 * @param {string} query @param {Catalog} catalog
 * @returns {{draft: Record<string, any>|null, view: Partial<View>, problems: Problem[]}}
 */
export function readAddress(query, catalog) {
  /** @type {Parts} */
  const parts = { draft: Object.create(null), objective: Object.create(null), view: Object.create(null), problems: [] };
  for (const [key, text] of splitQuery(query)) if (!isTracker(key)) readPair(parts, key, text);
  const objective = readObjective(parts, catalog);
  const draft = { ...parts.draft, ...(objective && { objective }) };
  const { view, problems } = readView(parts.view, catalog);
  return { draft: Object.keys(draft).length ? draft : null, view, problems: [...parts.problems, ...problems] };
}

/** A part of a typed function, behind the dot of its key. @param {Record<string, any>} objective @param {string} param @param {string} text */
function readTyped(objective, param, text) {
  const value = readValue(text);
  if (param === 'window') objective.window = Array.isArray(value) && value.length === 4 ? [value.slice(0, 2), value.slice(2)] : value;
  else if (param.startsWith('range.')) objective.ranges = { ...objective.ranges, [param.slice(6)]: value };
  else objective.params = { ...objective.params, [param]: value };
}

/** @param {Parts} parts @param {string} key @param {string} text */
function readPair({ draft, objective, view, problems }, key, text) {
  const dot = key.indexOf('.');
  const [head, param] = [dot < 0 ? key : key.slice(0, dot), dot < 0 ? null : key.slice(dot + 1)];
  if (key === 'v') draft.version = readValue(text);
  else if (key === 'on') objective.name = decode(text);
  else if (head === 'on') objective.params = { ...objective.params, [String(param)]: readValue(text) };
  else if (key === 'f') objective.expression = settle(text);
  else if (head === 'f') readTyped(objective, String(param), text);
  else if (Object.hasOwn(ENTRIES, head)) {
    const [where, name] = ENTRIES[head];
    const owner = where === 'view' ? view : objective;
    if (param === 'name') problems.push(unknown(key));
    else owner[name] = { ...owner[name], ...(param === null ? { name: decode(text) } : { [param]: readValue(text) }) };
  } else if (key === 'o') draft.optimizers = (draft.optimizers ?? []).concat(text ? readOptimizer(text, problems) : []);
  else if (VIEW_KEYS.includes(key)) view[key] = settle(text);
  else if (DOCUMENT_KEYS.includes(key)) problems.push(unknown(key));
  else if (!PAGE_KEYS.includes(key)) draft[key] = readValue(text);
}

/** @param {string} key @returns {Problem} */
function unknown(key) {
  return { path: key, at: [key], message: say('address.no-field') };
}

/**
 * The objective, and the fields of the address that are its own: taken out of the draft. What belongs to a surface
 * stays with a model as well, for the server to refuse. @param {Parts} parts @param {Catalog} catalog
 */
function readObjective({ draft, objective }, catalog) {
  if (Object.keys(objective).length === 0) return null;
  if (!objective.model && !objective.dataset) return { kind: 'surface', params: {}, ...objective };
  for (const id of ['loss', ...catalog.model_fields.map((param) => param.id)]) {
    if (id in draft) objective[id] = draft[id];
    delete draft[id];
  }
  return { kind: 'model', ...objective };
}

/** @param {string} text @param {Problem[]} problems */
function readOptimizer(text, problems) {
  const [name, ...pairs] = reveal(text, ';').split(';');
  /** @type {Record<string, any>} */
  const choice = Object.assign(Object.create(null), { name: decode(name) });
  for (const [key, part] of pairs.filter(Boolean).map(splitPair)) {
    if (key === 'name' || key === 'schedule.name') problems.push(unknown(`o=${choice.name};${key}`));
    else if (key === 'label') choice.label = decode(part);
    else if (key === 'schedule') choice.schedule = { ...choice.schedule, name: decode(part) };
    else if (key.startsWith('schedule.')) {
      choice.schedule = { name: 'constant', ...choice.schedule, [key.slice(9)]: readValue(part) };
    } else choice[key] = readValue(part);
  }
  return choice;
}

/** @param {Record<string, any>} said @param {Catalog} catalog @returns {{view: Partial<View>, problems: Problem[]}} */
function readView({ view: tab, plane, colours, hide, curve, log, step, camera, range, measure, speed }, catalog) {
  const tabs = allTabs(catalog);
  const [knowsTab, knowsPlane] = [tabs.includes(tab), catalog.planes.some((entry) => entry.id === plane?.name)];
  const oneOf = (/** @type {string[]} */ known) => say('address.one-of', { known: known.join(', ') });
  const problems = [
    ...(tab !== undefined && !knowsTab ? [{ path: 'view', at: ['view'], message: oneOf(tabs) }] : []),
    ...(plane && !knowsPlane ? [{ path: 'plane', at: ['plane'], message: oneOf(catalog.planes.map(({ id }) => id)) }] : []),
  ];
  const said = {
    tab, curve, log, step: numbers(step)[0], camera: numbers(camera), range: numbers(range), measure, speed: numbers(speed)[0],
    colours: numbers(colours), hide: numbers(hide),
  };
  return { view: { ...readDocument(said, catalog), ...(knowsPlane && { plane }) }, problems };
}

/** Numbers with commas between; those that are none are NaN. @param {string} [text] */
function numbers(text) {
  return text ? text.split(',').map(readNumber) : [];
}
