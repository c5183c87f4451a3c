// @ts-check
/** Looks up entries of the catalogue, and fills in what is left open. */

/**
 * @typedef {import('../core/types.js').Catalog} Catalog
 * @typedef {import('../core/types.js').Preset} Preset
 * @typedef {import('../core/types.js').Param} Param
 * @typedef {import('../core/types.js').ParamValue} ParamValue
 * @typedef {import('../core/types.js').OptimizerChoice} OptimizerChoice
 */

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
