// @ts-check
/** How well each trajectory did, by each measure. */

/** @typedef {import('../core/types.js').Race} Race */
/** @typedef {import('../core/types.js').Rank} Rank */
/** @typedef {import('../core/types.js').Point} Point */

/** A trajectory has arrived when this part of the start's height is left: above the lowest minimum, or of a model's loss. */
export const ARRIVED = { surface: 1e-3, model: 0.1 };

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
  const measure = race.kind === 'model' ? measureModel : measureSurface;
  return race.labels.map((_, index) => ({
    index,
    outcome: race.outcomes?.[index] ?? null,
    ...measure(race, index, race.outcomes?.[index]?.kind === 'diverged', lowest, away),
  }));
}

/** @typedef {Omit<Rank, 'index'|'outcome'>} Measures */

/** @param {Race} race @param {number} index @param {boolean} diverged @param {number} lowest @param {Float64Array[]} away @returns {Measures} */
function measureSurface(race, index, diverged, lowest, away) {
  const length = race.lengths[index];
  const loss = race.loss[index].subarray(0, length);
  return {
    final: diverged || !length ? Infinity : loss[length - 1],
    best: lowestOf(loss),
    test: null,
    score: null,
    steps: arrival(loss, lowest, ARRIVED.surface),
    distance: length && !diverged && Number.isFinite(away[index][length - 1]) ? away[index][length - 1] : null,
    length: pathLength(race.x[index], race.y[index], length),
  };
}

/** @param {Race} race @param {number} index @param {boolean} diverged @returns {Measures} */
function measureModel(race, index, diverged) {
  const loss = race.trainLoss[index].subarray(0, race.lengths[index]);
  const last = (/** @type {Float64Array} */ values) => lastOf(values.subarray(0, race.lengths[index]));
  return {
    final: (diverged ? null : last(race.trainLoss[index])) ?? Infinity,
    best: lowestOf(loss),
    test: diverged ? null : last(race.testLoss[index]),
    score: diverged ? null : last(race.testScore[index]),
    steps: arrival(loss, 0, ARRIVED.model),
    distance: null,
    length: null,
  };
}

/** @param {Float64Array} values */
function lowestOf(values) {
  let lowest = Infinity;
  for (const value of values) if (value < lowest) lowest = value;
  return lowest;
}

/** The last value that was measured. @param {Float64Array} values @returns {number|null} */
function lastOf(values) {
  const place = values.findLastIndex((value) => !Number.isNaN(value));
  return place < 0 ? null : values[place];
}

/** The first step at which `part` of the way down to `lowest` is left. @param {Float64Array} loss @param {number} lowest @param {number} part @returns {number|null} */
function arrival(loss, lowest, part) {
  if (!Number.isFinite(lowest) || !loss.length) return null;
  const goal = lowest + part * (loss[0] - lowest);
  const step = loss.findIndex((value) => value <= goal);
  return step < 0 ? null : step;
}

/** @param {Float64Array} x @param {Float64Array} y @param {number} length */
function pathLength(x, y, length) {
  let total = 0;
  for (let step = 1; step < length; step += 1) total += Math.hypot(x[step] - x[step - 1], y[step] - y[step - 1]);
  return total;
}
