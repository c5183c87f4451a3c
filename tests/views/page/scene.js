// @ts-check
/** Surfaces, fields and races computed here, so that the views can be looked at and tested without a server. */

/** @typedef {(x: number, y: number) => number} Loss */

/** @type {Record<string, {loss: Loss, window: any, points: any[], log: boolean, start: [number, number], rate: number}>} */
export const SURFACES = {
  rosenbrock: {
    loss: (x, y) => (1 - x) ** 2 + 100 * (y - x * x) ** 2,
    window: { x: [-2, 2], y: [-1, 3] },
    points: [{ x: 1, y: 1, value: 0, kind: 'global' }],
    log: true,
    start: [-1.2, 1],
    rate: 0.001,
  },
  rastrigin: {
    loss: (x, y) => 20 + x * x - 10 * Math.cos(2 * Math.PI * x) + y * y - 10 * Math.cos(2 * Math.PI * y),
    window: { x: [-5.12, 5.12], y: [-5.12, 5.12] },
    points: [{ x: 0, y: 0, value: 0, kind: 'global' }, { x: 0.99496, y: 0, value: 0.99496, kind: 'local' }],
    log: false,
    start: [-2, 3.5],
    rate: 0.002,
  },
  himmelblau: {
    loss: (x, y) => (x * x + y - 11) ** 2 + (x + y * y - 7) ** 2,
    window: { x: [-6, 6], y: [-6, 6] },
    points: [
      { x: 3, y: 2, value: 0, kind: 'global' },
      { x: -2.805118, y: 3.131313, value: 0, kind: 'global' },
      { x: -3.77931, y: -3.283186, value: 0, kind: 'global' },
      { x: 3.584428, y: -1.848127, value: 0, kind: 'global' },
      { x: -0.270845, y: -0.923039, value: 181.617, kind: 'saddle' },
      { x: 0.086678, y: 2.884255, value: 67.7192, kind: 'saddle' },
    ],
    log: true,
    start: [-0.15, 0.67],
    rate: 0.004,
  },
  eggholder: {
    loss: (x, y) =>
      -(y + 47) * Math.sin(Math.sqrt(Math.abs(y + x / 2 + 47))) - x * Math.sin(Math.sqrt(Math.abs(x - (y + 47)))),
    window: { x: [-512, 512], y: [-512, 512] },
    points: [{ x: 512, y: 404.2319, value: -959.640663, kind: 'global' }],
    log: false,
    start: [-333, -333],
    rate: 0.6,
  },
};

const COLUMNS = ['x', 'y', 'loss', 'grad_norm', 'lr'];
/** Id, title and column of each chart. */
const CURVES = [
  ['loss', 'loss', 'loss'], ['gradient', 'gradient norm', 'grad_norm'], ['distance', 'distance to a minimum', 'distance'],
  ['rate', 'learning rate', 'lr'],
];

/** What a surface says of itself. @param {string} name */
export function profileOf(name) {
  const { window, points, log } = SURFACES[name];
  const curves = CURVES.map(([id, title, column]) =>
    ({ id, title, name: title, short: '', lines: [{ column, role: 'only' }], log: true, least: null, share: false }));
  return {
    id: name, title: name, told: COLUMNS.map((id) => ({ id })), loss: 'loss', lowest: Math.min(...points.map(({ value }) => value)),
    tabs: ['2d', '3d', 'both'], curves, measures: [], field: { axes: ['x', 'y'], window, points, log, detail: 100 },
  };
}

/** @param {string} name @param {{x: number[], y: number[]}} range */
export function fieldOf(name, range, count = 120) {
  const line = (/** @type {number[]} */ [from, to]) => Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
  const x = line(range.x);
  const y = line(range.y);
  return { x, y, z: y.map((b) => x.map((a) => SURFACES[name].loss(a, b))) };
}

/** @param {Loss} loss @returns {[number, number]} */
function gradient(loss, /** @type {number} */ x, /** @type {number} */ y) {
  const h = 1e-5 * Math.max(1, Math.abs(x), Math.abs(y));
  return [(loss(x + h, y) - loss(x - h, y)) / (2 * h), (loss(x, y + h) - loss(x, y - h)) / (2 * h)];
}

/** Heavy-ball descent with a rate and a momentum per run. @param {string} name @param {[number, number]} [from] */
export function raceOf(name, steps = 300, runs = 4, from = SURFACES[name].start, rates = 1) {
  const { loss, rate } = SURFACES[name];
  const empty = () => Array.from({ length: runs }, () => new Float64Array(steps + 1).fill(NaN));
  const columns = Object.fromEntries(COLUMNS.map((id) => [id, empty()]));
  const race = {
    profile: profileOf(name), plane: null, experiment: {}, labels: Array.from({ length: runs }, (_, i) => `Momentum ${i + 1}`), entries: steps + 1, steps, complete: true,
    columns, x: columns.x, y: columns.y,
    lengths: /** @type {number[]} */ ([]), outcomes: /** @type {any[]} */ ([]),
  };
  for (let run = 0; run < runs; run += 1) {
    const lr = rate * rates * (1 - (0.8 * run) / runs);
    const momentum = 0.9 * (run % 2);
    let [x, y, u, v] = [from[0], from[1], 0, 0];
    let step = 0;
    for (; step <= steps && Number.isFinite(loss(x, y)) && Math.abs(x) + Math.abs(y) < 1e12; step += 1) {
      const [gx, gy] = gradient(loss, x, y);
      columns.x[run][step] = x; columns.y[run][step] = y; columns.loss[run][step] = loss(x, y);
      columns.grad_norm[run][step] = Math.hypot(gx, gy); columns.lr[run][step] = lr;
      [u, v] = [momentum * u + gx, momentum * v + gy];
      [x, y] = [x - lr * u, y - lr * v];
    }
    race.lengths.push(step);
    const kind = step <= steps ? 'diverged' : columns.grad_norm[run][steps] < 1e-2 ? 'converged' : 'step-limit';
    race.outcomes.push({ kind, step: step - 1, message: '', evaluations: step });
  }
  return race;
}

/** @param {number} runs */
export function stylesOf(runs) {
  return Array.from({ length: runs }, (_, slot) => ({ slot, hidden: false }));
}

/** @type {string[]} */
const violations = [];
document.addEventListener('securitypolicyviolation', (event) => violations.push(`${event.violatedDirective} ${event.sourceFile}:${event.lineNumber}`));

Object.assign(window, {
  scene: { SURFACES, profileOf, fieldOf, raceOf, stylesOf, violations, host: document.getElementById('host') },
});
