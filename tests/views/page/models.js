// @ts-check
/** Data, races and snapshots of models made by hand, so that their views can be looked at and tested without a server. */

/** Numbers in 0..1, the same each time. */
function dice(seed = 1) {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
}

/** @param {number} count @param {(index: number) => any} make */
const list = (count, make) => Array.from({ length: count }, (_, index) => make(index));

/** Points of two moons, or of `classes` arms of a spiral, in a square. */
export function planarData(count = 200, classes = 2) {
  const random = dice(7);
  const sample = (/** @type {number} */ index) => {
    const label = index % classes;
    const angle = (2 * Math.PI * label) / classes + 3.5 * random();
    const far = 0.25 + 0.6 * ((angle - (2 * Math.PI * label) / classes) / 3.5) * 2 + 0.12 * (random() - 0.5);
    return { input: [1.2 * far * Math.cos(angle), 1.2 * far * Math.sin(angle)], label };
  };
  const all = list(count, sample);
  const part = (/** @type {any[]} */ some) => ({ inputs: some.map(({ input }) => input), targets: some.map(({ label }) => label) });
  const edge = Math.round(0.7 * count);
  return {
    task: classes > 2 ? 'multiclass' : 'binary', labels: list(classes, (label) => `class ${label}`), features: ['x', 'y'],
    train: part(all.slice(0, edge)), test: part(all.slice(edge)), window: { x: [-2, 2], y: [-2, 2] }, pictures: null, shapes: [], weights: 0,
  };
}

export function curveData(count = 120) {
  const random = dice(3);
  const inputs = list(count, () => [4 * random() - 2]);
  const targets = inputs.map(([x]) => Math.sin(1.5 * x) + 0.4 * (random() - 0.5));
  const edge = Math.round(0.7 * count);
  return {
    task: 'regression', labels: [], features: ['x'], train: { inputs: inputs.slice(0, edge), targets: targets.slice(0, edge) },
    test: { inputs: inputs.slice(edge), targets: targets.slice(edge) }, window: { x: [-2.2, 2.2], y: [-1.6, 1.6] }, pictures: null, shapes: [], weights: 0,
  };
}

export function digitsData() {
  const none = { inputs: null, targets: list(40, (index) => index % 10) };
  return {
    task: 'multiclass', labels: list(10, String), features: [], train: none, test: none, window: null, pictures: [], shapes: [], weights: 0,
  };
}

/** A grid whose level at (x, y) in 0..1 is `level(x, y, run)`. @param {number} runs @param {number} count @param {(x: number, y: number, run: number) => number} level */
export function gridOf(runs, count, level) {
  const levels = list(runs, (run) => list(count * count, (at) => level((at % count) / (count - 1), Math.floor(at / count) / (count - 1), run)));
  return { x: [-2, 2], y: [-2, 2], columns: count, rows: count, levels };
}

/** A wavy border, other for each run. @param {number} runs */
export function wavyGrid(runs, count = 64) {
  return gridOf(runs, count, (x, y, run) => {
    const height = 6 * (y - 0.5 - (0.05 + 0.03 * run) * Math.sin((4 + run) * x * 2));
    return Math.round(255 / (1 + Math.exp(-(1 + run) * height)));
  });
}

/** Sectors around the middle. @param {number} runs @param {number} classes */
export function sectorGrid(runs, classes, count = 64) {
  const scores = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ run) => {
    const turn = Math.hypot(x - 0.5, y - 0.5) * 5;
    const raw = list(classes, (label) => Math.exp((2 + run) * Math.cos(Math.atan2(y - 0.5, x - 0.5) - turn - (2 * Math.PI * label) / classes)));
    const sum = raw.reduce((all, each) => all + each, 0);
    return raw.map((each) => each / sum);
  };
  const best = (/** @type {number[]} */ all) => all.indexOf(Math.max(...all));
  const grid = gridOf(runs, count, (x, y, run) => Math.round(255 * Math.max(...scores(x, y, run))));
  return { ...grid, classes: gridOf(runs, count, (x, y, run) => best(scores(x, y, run))).levels };
}

/** Weights of layers, `sizes` from input to output. @param {number} runs @param {number[]} sizes */
export function denseWeights(runs, sizes, first = 1) {
  const random = dice(11);
  const tensor = (/** @type {string} */ name, /** @type {number[]} */ shape) => {
    const count = shape.reduce((all, side) => all * side, 1);
    return { name, shape, values: list(runs, () => list(count, () => 2 * (random() + random() + random()) - 3)) };
  };
  return sizes.slice(1).flatMap((outputs, index) => [
    tensor(`layer${first + index}.weight`, [outputs, sizes[index]]), tensor(`layer${first + index}.bias`, [outputs])]);
}

/** @param {number} runs */
export function convolutionWeights(runs) {
  const random = dice(5);
  const tensor = (/** @type {string} */ name, /** @type {number[]} */ shape) => {
    const count = shape.reduce((all, side) => all * side, 1);
    return { name, shape, values: list(runs, () => list(count, () => 2 * random() - 1)) };
  };
  return [tensor('conv1.weight', [6, 1, 3, 3]), tensor('conv1.bias', [6]), tensor('conv2.weight', [12, 6, 3, 3]),
    tensor('conv2.bias', [12]), ...denseWeights(runs, [48, 10], 3)];
}

/** @param {number} runs @param {string[]} labels */
export function confusionOf(runs, labels, each = 17) {
  const random = dice(2);
  const matrix = (/** @type {number} */ scale, /** @type {number} */ run) => labels.map((_, label) => {
    const row = list(labels.length, () => 0);
    for (let sample = 0; sample < each * scale; sample += 1) {
      row[random() < 0.6 + 0.05 * run ? label : Math.floor(random() * labels.length)] += 1;
    }
    return row;
  });
  return { labels, train: list(runs, (run) => matrix(3, run)), test: list(runs, (run) => matrix(1, run)) };
}

/** A race with scores alone. @param {number} runs */
export function raceOf(runs, steps = 100) {
  const column = (/** @type {(run: number, step: number) => number} */ value) => list(runs, (run) => Float64Array.from({ length: steps + 1 }, (_, step) => value(run, step)));
  const names = ['Adam', 'SGD', 'Momentum', 'RMSProp', 'AdamW', 'Lion', 'Nesterov', 'Adagrad'];
  return {
    experiment: {}, labels: list(runs, (run) => names[run % 8] + (run < 8 ? '' : ` ${Math.floor(run / 8) + 1}`)),
    entries: steps + 1, steps, complete: true,
    columns: {
      train_score: column((run, step) => (step % 5 === 0 ? 1 - 0.5 * Math.exp(-step / (20 + 5 * run)) : NaN)),
      test_score: column((run, step) => (step % 5 === 0 ? 0.95 - 0.5 * Math.exp(-step / (20 + 5 * run)) : NaN)),
    },
    lengths: list(runs, () => steps + 1),
    outcomes: list(runs, () => ({ kind: 'step-limit', step: steps, message: '', key: '', evaluations: steps, stable_below: null })),
  };
}

/** @param {number} runs */
export function stylesOf(runs) {
  return list(runs, (slot) => ({ slot, hidden: false }));
}

/** @param {any} data @param {string} dataset @param {number[]} shape */
export function settingOf(data, dataset, shape) {
  const objective = { kind: 'model', model: { name: 'mlp' }, dataset: { name: dataset }, loss: 'bce' };
  return { experiment: { objective }, entry: { id: 'mlp', title: 'MLP' }, dataset: { id: dataset, title: dataset, shape }, data };
}

/** @type {string[]} */
const violations = [];
document.addEventListener('securitypolicyviolation', (event) => violations.push(`${event.violatedDirective} ${event.sourceFile}:${event.lineNumber}`));
Object.assign(window, { violations, host: document.getElementById('host') });
