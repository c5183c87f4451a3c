// @ts-check
/** How well each trajectory did, by each measure. */

/** @typedef {import('../core/types.js').Race} Race */
/** @typedef {import('../core/types.js').Rank} Rank */
/** @typedef {import('../core/types.js').Point} Point */

/** A trajectory has arrived when this part of the start's height above the lowest minimum is left. */
export const ARRIVED = 1e-3;

/** Distance to the nearest minimum at every entry, NaN where there is none. @param {Race} race @param {Point[]} points @returns {Float64Array[]} */
export function distances(race, points) {
  const minima = points.filter((point) => point.kind !== 'saddle');
  return race.x.map((x, index) => {
    const y = race.y[index];
    const distance = new Float64Array(x.length).fill(NaN);
    for (let step = 0; step < race.lengths[index] && minima.length; step += 1) {
      distance[step] = Math.min(...minima.map((point) => Math.hypot(x[step] - point.x, y[step] - point.y)));
    }
    return distance;
  });
}

/** One entry per optimizer, in their order. @param {Race} race @param {Point[]} points @param {Float64Array[]} away @returns {Rank[]} */
export function rank(race, points, away) {
  const lowest = Math.min(...points.filter((point) => point.kind === 'global').map((point) => point.value));
  return race.labels.map((_, index) => {
    const length = race.lengths[index];
    const loss = race.loss[index].subarray(0, length);
    const diverged = race.outcomes?.[index]?.kind === 'diverged';
    return {
      index,
      final: diverged || !length ? Infinity : loss[length - 1],
      best: length ? loss.reduce((low, value) => Math.min(low, value), Infinity) : Infinity,
      steps: arrival(loss, lowest),
      distance: length && !diverged && Number.isFinite(away[index][length - 1]) ? away[index][length - 1] : null,
      length: pathLength(race.x[index], race.y[index], length),
      outcome: race.outcomes?.[index] ?? null,
    };
  });
}

/** @param {Float64Array} loss @param {number} lowest @returns {number|null} */
function arrival(loss, lowest) {
  if (!Number.isFinite(lowest) || !loss.length) return null;
  const goal = lowest + ARRIVED * (loss[0] - lowest);
  const step = loss.findIndex((value) => value <= goal);
  return step < 0 ? null : step;
}

/** @param {Float64Array} x @param {Float64Array} y @param {number} length */
function pathLength(x, y, length) {
  let total = 0;
  for (let step = 1; step < length; step += 1) total += Math.hypot(x[step] - x[step - 1], y[step] - y[step - 1]);
  return total;
}
