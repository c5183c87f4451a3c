// @ts-check
/** What both sides share: how far the player can go, and the axes of their curves. */

/** @typedef {import('./side.js').Side} Side */
/** @typedef {import('../views/curves/scale.js').Span} Span */
/** @typedef {{steps: number, y: Span|null}|null} Axes */

/**
 * How far the player can go: to the end of the longer race, but not past what has arrived of one that still runs.
 * @param {Pick<Side, 'race'|'pending'|'awaiting'>[]} sides
 * @returns {{last: number, growing: boolean, steps: number, entries: number}} entries: of `steps` + 1 in all
 */
export function reach(sides) {
  const ends = sides.flatMap(({ race }) => (race ? [race.steps] : []));
  const running = sides.filter(({ race, pending, awaiting }) => awaiting || (race ? !race.complete : pending !== null));
  const steps = Math.max(1, ...ends);
  const growing = running.length > 0;
  const entries = growing ? Math.min(...running.map(({ race }) => race?.entries ?? 0)) : Math.max(0, ...ends) + 1;
  return { last: Math.max(0, entries - 1), growing, steps, entries };
}

/** Axes of the curves of each side: as many steps, and the same values where these can be compared. @param {Side[]} sides @returns {Axes[]} */
export function sharedAxes(sides) {
  const races = sides.flatMap(({ race }) => race ?? []);
  if (races.length < 2) return [null, null];
  const steps = Math.max(...races.map((race) => race.steps));
  const [a, b] = sides.map(({ show }) => show.curves.wanted());
  const same = a?.title === b?.title && races[0].profile.scale === races[1].profile.scale;
  const y = same && a?.span && b?.span ? union(a.span, b.span) : null;
  return [{ steps, y }, { steps, y }];
}

/** @param {Span} one @param {Span} other @returns {Span} */
function union(one, other) {
  return [Math.min(one[0], other[0]), Math.max(one[1], other[1])];
}
