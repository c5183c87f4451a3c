// @ts-check
/** How a model learns: loss, batches, first weights, steps, and what is kept apart to judge by. */

import { h, setAttribute } from '../../core/dom.js';
import { say } from '../../core/words.js';
import { lossesOf, onModel, setObjectiveField } from '../../state/experiment.js';
import { trainingSize } from '../../state/suiting.js';
import { createFields, fold } from '../params/fields.js';
import { createParam, createParams } from '../params/param.js';
import { createSelect } from '../params/select.js';
import { createLine } from './part.js';

/** @typedef {import('../../core/types.js').Context} Context @typedef {import('../../core/types.js').Experiment} Experiment @typedef {import('../../core/types.js').Param} Param @typedef {import('../../core/types.js').Place} Place */

/** Fields of the objective and of the experiment that stay in sight, in this order. */
const FRONT = ['steps', 'init', 'seed'];
const BATCH = 'batch_size';
/** A usual size, for who turns "all" off. */
const USUAL = 32;
/** What a field means for models alone. */
const HELPS = { seed: say('learning.seed-help') };

/** How long it learns, and from what at each step. @param {number} steps @param {number|null} batch @param {number} n  samples */
function sayPace(steps, batch, n) {
  const samples = batch === null ? say('learning.every-sample', { n }) : say('learning.some-samples', { n, batch: String(batch) });
  return say('learning.pace', { samples, steps: say('counts.steps', { n: steps }) });
}

/** The batch size: some of the training samples at each step, or all of them. @param {Param} param @param {(value: number|null, live: boolean) => void} change */
function createBatch(param, change) {
  let most = 1;
  let last = USUAL;
  const control = createParam({ ...param, optional: false, help: say('learning.batch-help') }, {
    quiet: true,
    reset: () => most,
    change: (value, live) => change(value === most ? null : value, live),
  });
  const toggle = h('button', {
    class: 'toggle', type: 'button', text: say('learning.all'), 'aria-label': say('learning.all.label'), 'aria-pressed': 'false', title: say('learning.all.title'),
    on: { click: () => change(toggle.getAttribute('aria-pressed') === 'true' ? Math.min(last, most) : null, false) },
  });
  control.el.querySelector('.param-value')?.prepend(toggle);
  return {
    el: control.el,
    /** @param {number|null} value @param {number} samples  that there are to learn from */
    set: (value, samples) => {
      if (samples !== most) control.setRange?.([1, Math.max(2, samples)]);
      most = samples;
      if (value !== null) last = value;
      setAttribute(toggle, 'aria-pressed', String(value === null));
      control.set(value ?? samples);
    },
    setFault: control.setFault,
  };
}

/** @param {Context} context */
export function createLearning(context) {
  const { catalog, change } = context;
  const give = (/** @type {string} */ id, /** @type {any} */ value, /** @type {boolean} */ live) =>
    change((e) => setObjectiveField(e, id, value, catalog), live);
  const loss = createSelect(say('learning.loss'), say('learning.loss-help'), (id) => give('loss', id, false));
  const batches = catalog.model_fields.filter(({ id }) => id === BATCH).map((param) =>
    createBatch(param, (value, live) => give(BATCH, value, live)));
  const others = (/** @type {boolean} */ front) => createParams(catalog.model_fields.filter(({ id }) => id !== BATCH && FRONT.includes(id) === front), (param) => ({
    quiet: front,
    change: (value, live) => give(param.id, value, live),
  }));
  const [own, ownRest] = [others(true), others(false)];
  const fields = createFields(context, (id) => FRONT.includes(id), { quiet: true, helps: HELPS });
  const rest = createFields(context, (id) => !FRONT.includes(id));
  const behind = fold(say('learning.more'), ...ownRest.els, ...rest.els);
  const front = FRONT.map((id) => (own.get(id) ?? fields.get(id))?.el).filter((el) => el !== undefined);
  const part = createLine({ title: say('learning.title'), settings: say('learning.settings') }, loss.el, ...batches.map((batch) => batch.el), ...front, ...behind);
  const set = (/** @type {Experiment} */ experiment) => {
    const objective = onModel(experiment);
    if (!objective) return;
    const [losses, samples] = [lossesOf(catalog, experiment), trainingSize(catalog, objective.dataset, objective.test_fraction)];
    loss.set(losses, objective.loss);
    for (const batch of batches) batch.set(objective.batch_size, samples);
    part.set([losses.find(({ id }) => id === objective.loss)?.title ?? '', sayPace(experiment.steps, objective.batch_size, samples)]);
    for (const group of [own, ownRest]) group.set(objective);
    for (const group of [fields, rest]) group.set(experiment);
  };
  const setFault = (/** @type {Place} */ at, /** @type {string|null} */ message) => {
    if (at[0] !== 'objective') return fields.setFault(at, message) || rest.setFault(at, message);
    const inner = at.slice(1);
    if (inner[0] === 'loss') loss.setFault(message);
    for (const batch of inner[0] === BATCH ? batches : []) batch.setFault(message);
    return inner[0] === 'loss' || inner[0] === BATCH || own.setFault(inner, message) || ownRest.setFault(inner, message);
  };
  return { part, set, setFault };
}
