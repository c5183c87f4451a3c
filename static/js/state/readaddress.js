// @ts-check
/** What an address says, as `writeaddress.js` writes it. Makes plain values and judges nothing: the server does that. */
import { decode, readValue, splitPair } from './addresstext.js';
import { TABS } from './view.js';
import { readView as readDocument } from './viewdocument.js';

/** @typedef {import('../core/types.js').Catalog} Catalog */
/** @typedef {import('../core/types.js').Problem} Problem */
/** @typedef {import('../core/types.js').View} View */
/** @typedef {{draft: Record<string, any>, objective: Record<string, any>, view: Record<string, any>}} Parts */

/** Keys of entries with params, and where they belong. @type {Record<string, ['objective'|'view', string]>} */
const ENTRIES = { model: ['objective', 'model'], data: ['objective', 'dataset'], plane: ['view', 'plane'] };
const VIEW_KEYS = ['view', 'colours', 'hide', 'curve', 'log', 'step', 'camera', 'range', 'measure', 'speed'];
/** What an embedded page reads for itself. */
const PAGE_KEYS = ['embed', 'show', 'theme'];

/**
 * The draft is not checked yet, and null when the address names no experiment; problems are about the view.
 * @param {string} query @param {Catalog} catalog
 * @returns {{draft: Record<string, any>|null, view: Partial<View>, problems: Problem[]}}
 */
export function readAddress(query, catalog) {
  const pairs = query.replace(/^\?/, '').split('&').filter(Boolean).map(splitPair);
  /** @type {Parts} */
  const parts = { draft: {}, objective: {}, view: {} };
  for (const [key, text] of pairs) readPair(parts, key, text);
  const objective = readObjective(parts, catalog);
  const draft = { ...parts.draft, ...(objective && { objective }) };
  return { draft: Object.keys(draft).length ? draft : null, ...readView(parts.view, catalog) };
}

/** @param {Parts} parts @param {string} key @param {string} text */
function readPair({ draft, objective, view }, key, text) {
  const [head, param] = [key.split('.', 1)[0], key.slice(key.indexOf('.') + 1)];
  if (key === 'v') draft.version = readValue(text);
  else if (key === 'on') objective.name = decode(text);
  else if (head === 'on') objective.params = { ...objective.params, [param]: readValue(text) };
  else if (Object.hasOwn(ENTRIES, head)) {
    const [where, name] = ENTRIES[head];
    const owner = where === 'view' ? view : objective;
    owner[name] = { ...owner[name], ...(key === head ? { name: decode(text) } : { [param]: readValue(text) }) };
  } else if (key === 'o') draft.optimizers = (draft.optimizers ?? []).concat(text ? readOptimizer(text) : []);
  else if (VIEW_KEYS.includes(key)) view[key] = decode(text);
  else if (!PAGE_KEYS.includes(key)) draft[key] = readValue(text);
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

/** @param {string} text */
function readOptimizer(text) {
  const [name, ...pairs] = text.split(';');
  /** @type {Record<string, any>} */
  const choice = { name: decode(name) };
  for (const [key, part] of pairs.filter(Boolean).map(splitPair)) {
    if (key === 'label') choice.label = decode(part);
    else if (key === 'schedule') choice.schedule = { ...choice.schedule, name: decode(part) };
    else if (key.startsWith('schedule.')) {
      choice.schedule = { name: 'constant', ...choice.schedule, [key.slice(9)]: readValue(part) };
    } else choice[key] = readValue(part);
  }
  return choice;
}

/** @param {Record<string, any>} said @param {Catalog} catalog @returns {{view: Partial<View>, problems: Problem[]}} */
function readView({ view: tab, plane, colours, hide, curve, log, step, camera, range, measure, speed }, catalog) {
  const [knowsTab, knowsPlane] = [TABS.includes(tab), catalog.planes.some((entry) => entry.id === plane?.name)];
  const problems = [
    ...(tab !== undefined && !knowsTab ? [{ path: 'view', message: `must be one of ${TABS.join(', ')}` }] : []),
    ...(plane && !knowsPlane ? [{ path: 'plane', message: `must be one of ${catalog.planes.map(({ id }) => id).join(', ')}` }] : []),
  ];
  const said = {
    tab, curve, log, step: numbers(step)[0], camera: numbers(camera), range: numbers(range), measure, speed: numbers(speed)[0],
    colours: numbers(colours), hide: numbers(hide),
  };
  return { view: { ...readDocument(said, catalog), ...(knowsPlane && { plane }) }, problems };
}

/** Numbers with commas between; those that are none are NaN. @param {string} [text] */
function numbers(text) {
  return text ? text.split(',').map((part) => (part.trim() ? Number(part) : NaN)) : [];
}
