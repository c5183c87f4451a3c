// @ts-check
/** Over a stage: what the experiment is, who takes part and at which loss, and the ways to another one. */
import { h, setText } from '../core/dom.js';
import { formatAligned } from '../core/format.js';
import { say } from '../core/words.js';
import { createDialog } from '../controls/elements/dialog.js';
import { createPicker } from '../controls/elements/picker.js';
import { createSwatch } from '../controls/elements/swatch.js';
import { profileOf } from '../state/profiles.js';
import { knownAt } from '../views/curves/charts.js';

/** @typedef {import('../core/types.js').Experiment} Experiment */
/** @typedef {import('../core/types.js').Race} Race */
/** @typedef {import('../core/types.js').Style} Style */

/** @param {Experiment} experiment @param {import('../core/types.js').Catalog} catalog */
export function titleOf(experiment, catalog) {
  return profileOf(catalog, experiment).title;
}

/** Loss of one optimizer at a step, or where it ended. @param {Race} race @param {number} index @param {number} step */
function lossAt(race, index, step) {
  const last = race.lengths[index] - 1;
  if (last < 0) return null;
  return knownAt(race.columns[race.profile.loss][index], Math.min(Math.floor(step), last)).value;
}

function createEntry() {
  const swatch = createSwatch();
  const [label, loss] = [h('span', { class: 'racer-name' }), h('span', { class: 'racer-loss tabular', title: say('compare.loss') })];
  return { el: h('li', { class: 'racer' }, swatch.el, label, h('span', { class: 'unseen', text: say('compare.loss') }), loss), swatch, label, loss };
}

/** What is said of what stands on either side. */
const SIDES = /** @type {const} */ ({
  left: { another: 'compare.left.another', open: 'compare.left.open', change: 'compare.left.change' },
  right: { another: 'compare.right.another', open: 'compare.right.open', change: 'compare.right.change' },
});

/** @param {HTMLElement} host @param {'left'|'right'} name @param {import('../controls/elements/picker.js').Pick} pick */
export function createHead(host, name, pick) {
  const title = h('h2', { class: 'side-title' });
  const length = h('span', { class: 'side-length' });
  const open = h('a', { class: 'button' }, say('compare.open'));
  const picker = createPicker(say('compare.wanted'), say('compare.show'), async (text) => {
    const wrong = await pick(text);
    if (!wrong) dialog.close();
    return wrong;
  });
  const dialog = createDialog(say(SIDES[name].another), 'dialog-picker', picker.el);
  const change = h('button', { class: 'button', type: 'button', on: { click: () => ask() } }, say('compare.change'));
  const list = h('ul', { class: 'racers' });
  host.append(h('div', { class: 'side-line' }, h('div', { class: 'side-words' }, title, length), h('div', { class: 'side-actions' }, open, change)), list);
  /** @type {ReturnType<typeof createEntry>[]} */
  let entries = [];
  const ask = () => {
    picker.tell('');
    dialog.showModal();
    picker.entry.select();
  };
  return {
    focus: () => change.focus(),
    /** Which side this is. @param {'left'|'right'} side */
    place: (side) => {
      open.setAttribute('aria-label', say(SIDES[side].open));
      open.title = say('compare.open-told');
      change.setAttribute('aria-label', say(SIDES[side].change));
      setText(/** @type {HTMLElement} */ (dialog.querySelector('.dialog-title')), say(SIDES[side].another));
    },
    /** @param {string} text @param {Experiment} experiment @param {string} address  where the playground shows it */
    setExperiment: (text, experiment, address) => {
      setText(title, text);
      title.title = text;
      setText(length, say('compare.steps', { n: experiment.steps }));
      open.setAttribute('href', address);
    },
    /** @param {Experiment} experiment @param {Style[]} styles */
    setRacers: (experiment, styles) => {
      entries = experiment.optimizers.map(createEntry);
      entries.forEach((entry, index) => {
        setText(entry.label, experiment.optimizers[index].label);
        entry.label.title = experiment.optimizers[index].label;
        entry.swatch.set(styles[index].slot);
        entry.el.toggleAttribute('data-hidden', styles[index].hidden);
      });
      list.replaceChildren(...entries.map((entry) => entry.el));
    },
    /** @param {Race} race @param {number} step */
    setStep: (race, step) => {
      if (race.labels.length !== entries.length) return;
      entries.forEach((entry, index) => setText(entry.loss, formatAligned(lossAt(race, index, step))));
    },
  };
}
