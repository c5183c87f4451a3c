// @ts-check
/** A race: the trajectories of one experiment, as far as they have arrived. */

/** @typedef {import('../core/types.js').Race} Race */
/** @typedef {import('../core/types.js').Experiment} Experiment */
/** @typedef {import('../core/types.js').Outcome} Outcome */
/** @typedef {import('../core/types.js').Plane} Plane */

/** @param {Experiment} experiment @param {import('../core/types.js').Profile} profile @returns {Race} */
export function createRace(experiment, profile) {
  const { steps, optimizers } = experiment;
  const empty = () => optimizers.map(() => new Float64Array(steps + 1).fill(NaN));
  const columns = Object.fromEntries(profile.told.map(({ id }) => [id, empty()]));
  const [x, y] = profile.field ? profile.field.axes.map((axis) => columns[axis]) : [empty(), empty()];
  return {
    profile,
    experiment,
    labels: optimizers.map((choice) => choice.label),
    entries: 0,
    steps,
    complete: false,
    columns,
    x,
    y,
    plane: null,
    lengths: optimizers.map(() => 0),
    outcomes: null,
  };
}

/** Adds a chunk to the race, in place. @param {Race} race @param {{first: number, count: number, optimizers: number, columns: string[]}} header @param {Float64Array} values */
export function addChunk(race, header, values) {
  const { first, count, optimizers, columns } = header;
  const width = optimizers * columns.length;
  columns.forEach((name, column) => {
    const targets = race.columns[name];
    for (let index = 0; index < optimizers; index += 1) {
      const target = targets[index];
      let at = index * columns.length + column;
      for (let step = first; step < first + count; step += 1, at += width) target[step] = values[at];
    }
  });
  race.columns.loss.forEach((loss, index) => {
    let end = first + count;
    while (end > first && Number.isNaN(loss[end - 1])) end -= 1;
    if (end > first) race.lengths[index] = end;
  });
  race.entries = first + count;
}

/** Marks the race as complete, in place. @param {Race} race @param {Outcome[]} outcomes */
export function finishRace(race, outcomes) {
  race.outcomes = outcomes;
  race.complete = true;
}

/**
 * Lays the paths of a model's race on a plane, in place: where they are, how far off it, and its loss there. Entries
 * that the plane leaves out are placed on straight lines between those it has. @param {Race} race @param {Plane} plane
 */
export function setPlane(race, plane) {
  const { entries, trajectories } = plane;
  const lay = (/** @type {(number|null)[][]} */ lists) =>
    lists.map((list, index) => between(entries, list.map((value) => value ?? NaN), race.steps + 1, race.lengths[index]));
  race.x = lay(trajectories.map(({ points }) => points.map((point) => point[0])));
  race.y = lay(trajectories.map(({ points }) => points.map((point) => point[1])));
  race.plane = plane;
}

/**
 * `known[i]` at entry `entries[i]`, straight lines between; NaN from entry `end` on. A trajectory that ended between
 * two entries of the plane stays where it was last known. @param {number[]} entries @param {number[]} known
 * @param {number} size @param {number} end
 */
function between(entries, known, size, end) {
  const values = new Float64Array(size).fill(NaN);
  const last = known.length - 1;
  for (let place = 0; place < last; place += 1) {
    const [from, to] = [entries[place], entries[place + 1]];
    const rise = (known[place + 1] - known[place]) / (to - from);
    for (let entry = from; entry < to; entry += 1) values[entry] = known[place] + rise * (entry - from);
  }
  if (last >= 0) values.fill(known[last], entries[last], end);
  return values;
}
