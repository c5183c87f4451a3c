// @ts-check
/** A race: the trajectories of one experiment, as far as they have arrived. */

/** @typedef {import('../core/types.js').Race} Race */
/** @typedef {import('../core/types.js').Experiment} Experiment */
/** @typedef {import('../core/types.js').Outcome} Outcome */

/** @param {Experiment} experiment @returns {Race} */
export function createRace(experiment) {
  const { steps, optimizers } = experiment;
  const column = () => optimizers.map(() => new Float64Array(steps + 1).fill(NaN));
  return {
    experiment,
    labels: optimizers.map((choice) => choice.label),
    entries: 0,
    steps,
    complete: false,
    x: column(),
    y: column(),
    loss: column(),
    gradNorm: column(),
    lr: column(),
    lengths: optimizers.map(() => 0),
    outcomes: null,
  };
}

/** Adds a chunk to the race, in place. @param {Race} race @param {{first: number, count: number, optimizers: number, columns: string[]}} header @param {Float64Array} values */
export function addChunk(race, header, values) {
  const { first, count, optimizers, columns } = header;
  const targets = [race.x, race.y, race.loss, race.gradNorm, race.lr];
  const places = ['x', 'y', 'loss', 'grad_norm', 'lr'].map((name) => columns.indexOf(name));
  for (let step = 0; step < count; step += 1) {
    for (let index = 0; index < optimizers; index += 1) {
      const at = (step * optimizers + index) * columns.length;
      targets.forEach((target, place) => (target[index][first + step] = values[at + places[place]]));
      if (!Number.isNaN(race.x[index][first + step])) race.lengths[index] = first + step + 1;
    }
  }
  race.entries = first + count;
}

/** Marks the race as complete, in place. @param {Race} race @param {Outcome[]} outcomes */
export function finishRace(race, outcomes) {
  race.outcomes = outcomes;
  race.complete = true;
}
