// @ts-check
/** How well each trajectory did, by each measure of its objective. */

/** @typedef {import('../core/types.js').Race} Race */
/** @typedef {import('../core/types.js').Rank} Rank */
/** @typedef {import('../core/types.js').RankMeasure} RankMeasure */

/** What is no column of a race, but told by its positions. */
const DISTANCE = 'distance';

/** Distance to the nearest minimum at every entry, NaN where there is none. @param {Race} race @returns {Float64Array[]} */
export function distances(race) {
  const minima = (race.profile.field?.points ?? []).filter((point) => point.kind !== 'saddle');
  return race.x.map((x, index) => {
    const y = race.y[index];
    const distance = new Float64Array(x.length).fill(NaN);
    for (let step = 0; step < race.lengths[index] && minima.length; step += 1) {
      distance[step] = Math.min(...minima.map((point) => Math.hypot(x[step] - point.x, y[step] - point.y)));
    }
    return distance;
  });
}

/** The numbers of a line of a chart or of a measure, of every optimizer. @param {Race} race @param {Float64Array[]} away @param {string} column */
export function numbersOf(race, away, column) {
  return column === DISTANCE ? away : race.columns[column];
}

/** One entry per optimizer, in their order. @param {Race} race @param {Float64Array[]} away @returns {Rank[]} */
export function rank(race, away) {
  return race.labels.map((_, index) => ({
    index,
    outcome: race.outcomes?.[index] ?? null,
    values: Object.fromEntries(race.profile.measures.map((measure) => [measure.id, measured(race, away, index, measure)])),
  }));
}

/** @param {Race} race @param {Float64Array[]} away @param {number} index @param {RankMeasure} measure @returns {number|null} */
function measured(race, away, index, { take, column, part }) {
  const length = race.lengths[index];
  if (take === 'length') return pathLength(race.x[index], race.y[index], length);
  const values = numbersOf(race, away, column)[index].subarray(0, length);
  if (take === 'lowest') return lowestOf(values);
  if (take === 'arrival') return arrival(values, race.profile.lowest, part);
  return race.outcomes?.[index]?.kind === 'diverged' ? null : lastOf(values);
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

/** The first step at which `part` of the way down to `lowest` is left. @param {Float64Array} loss @param {number|null} lowest @param {number} part @returns {number|null} */
function arrival(loss, lowest, part) {
  if (lowest === null || !loss.length) return null;
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
