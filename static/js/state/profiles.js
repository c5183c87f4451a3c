// @ts-check
/** What objectives say of themselves: the catalogue has it of all that can be named, and runs bring it along. */

/** @typedef {import('../core/types.js').Catalog} Catalog */
/** @typedef {import('../core/types.js').Experiment} Experiment */
/** @typedef {import('../core/types.js').Profile} Profile */

/**
 * Under which key the profile of an objective is kept: its kind and the names in it, or what it says in place of them.
 * @param {Record<string, any>} objective
 */
function keyOf(objective) {
  const { kind, name, model, dataset } = objective;
  const names = [name, model?.name, dataset?.name].filter((each) => each !== undefined);
  return names.length ? [kind, ...names].join('/') : JSON.stringify([kind, objective.expression, objective.window]);
}

/** What races of one experiment can be drawn on. @param {Experiment|null} experiment */
export function groundOf(experiment) {
  return experiment ? keyOf(experiment.objective) : '';
}

/**
 * What the objective of an experiment says of itself; as long as nobody knows, what the first of its kind does.
 * @param {Catalog} catalog @param {{objective: Record<string, any>}} experiment @returns {Profile}
 */
export function profileOf({ profiles }, { objective }) {
  const likely = Object.keys(profiles).find((key) => key.startsWith(`${objective.kind}/`)) ?? Object.keys(profiles)[0];
  return profiles[keyOf(objective)] ?? profiles[likely];
}

/** Keeps what came with a run, in place, of an objective that the catalogue does not have. @param {Catalog} catalog @param {Experiment} experiment @param {Profile} profile */
export function learnProfile({ profiles }, { objective }, profile) {
  const key = keyOf(objective);
  if (profile.own || !(key in profiles)) profiles[key] = profile;
}

/** Everything of one sort that any known objective has. @template T @param {Catalog} catalog @param {(profile: Profile) => T[]} of @returns {Set<T>} */
export function everything({ profiles }, of) {
  return new Set(Object.values(profiles).flatMap(of));
}

/** The tabs of all known objectives: each follows the one that it follows where it is found first. @param {Catalog} catalog */
export function allTabs({ profiles }) {
  return Object.values(profiles).reduce((all, { tabs }) => tabs.reduce(placed, all), /** @type {string[]} */ ([]));
}

/** @param {string[]} all @param {string} tab @param {number} place @param {string[]} own */
function placed(all, tab, place, own) {
  return all.includes(tab) ? all : all.toSpliced(all.indexOf(own[place - 1]) + 1, 0, tab);
}

/** What was chosen, where it is offered; otherwise the usual. @template {{id: string}} T @param {T[]} offered @param {string} chosen @returns {T} */
export function offeredOr(offered, chosen) {
  return offered.find(({ id }) => id === chosen) ?? offered[0];
}

/**
 * The curves of all profiles: each that those before lack follows the one that it follows in its own. What one has as a
 * share and another as a number has the words of the share.
 * @param {Profile[]} profiles
 */
export function allCurves(profiles) {
  return profiles.reduce((all, { curves }) => curves.reduce(joined, all), /** @type {Profile['curves']} */ ([]));
}

/** @param {Profile['curves']} all @param {Profile['curves'][number]} curve @param {number} place @param {Profile['curves']} own */
function joined(all, curve, place, own) {
  const at = all.findIndex(({ id }) => id === curve.id);
  if (at < 0) return all.toSpliced(all.findIndex(({ id }) => id === own[place - 1]?.id) + 1, 0, curve);
  return curve.share && !all[at].share ? all.with(at, curve) : all;
}
