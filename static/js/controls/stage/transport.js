// @ts-check
/** Under the stage: play, one step on or back, the step slider and the speed. Updated at every frame. */

import { byId, h, setAttribute, setText } from '../../core/dom.js';
import { formatCount } from '../../core/format.js';
import { say } from '../../core/words.js';
import { icon } from '../elements/icons.js';

/** @typedef {import('../../core/types.js').Model} Model */
/** @typedef {{commands: Pick<import('../../core/types.js').Commands, 'toggle'|'step'|'restart'|'seek'|'setSpeed'>}} Context */
/** @typedef {Pick<Model, 'step'|'playing'> & {experiment: {steps: number}, race: Pick<import('../../core/types.js').Race, 'steps'|'entries'>|null, view: {speed: number}}} Shown */

const SPEEDS = [0.1, 0.25, 0.5, 1, 2, 4, 8];

/** @param {string} name @param {string} sign @param {string} key @param {() => void} act */
function createButton(name, sign, key, act) {
  return h('button', {
    class: 'button-icon', type: 'button', 'aria-label': name, title: say('keys.named', { name, key }), on: { click: act },
  }, icon(sign));
}

/** One button that says what it will do. @param {Context} context */
function createPlay({ commands }) {
  const [play, pause] = [icon('play'), icon('pause')];
  const el = h('button', { class: 'button-icon play', type: 'button', on: { click: () => commands.toggle() } }, play);
  let shown = '';
  const set = (/** @type {boolean} */ playing) => {
    const name = say(playing ? 'transport.pause' : 'transport.play');
    if (name === shown) return;
    shown = name;
    el.replaceChildren(playing ? pause : play);
    el.title = say('keys.named', { name, key: say('keys.toggle') });
    setAttribute(el, 'aria-label', name);
  };
  return { el, set };
}

/** @param {Context} context */
function createStepSlider({ commands }) {
  const el = h('input', { class: 'slider step-slider', type: 'range', min: 0, max: 1, step: 1, 'aria-label': say('transport.step') });
  el.addEventListener('input', () => commands.seek(el.valueAsNumber));
  let [max, at, loaded] = [-1, -1, -1];
  const set = (/** @type {number} */ step, /** @type {number} */ steps, /** @type {number} */ entries) => {
    if (steps !== max) el.max = String(steps);
    if (entries !== loaded || steps !== max) el.style.setProperty('--loaded', `${(100 * Math.max(0, entries - 1)) / Math.max(1, steps)}%`);
    if (step !== at || steps !== max) {
      if (el.valueAsNumber !== step) el.value = String(step);
      el.style.setProperty('--filled', `${(100 * step) / Math.max(1, steps)}%`);
      setAttribute(el, 'aria-valuetext', say('transport.at', { step: String(step), steps: String(steps) }));
    }
    [max, at, loaded] = [steps, step, entries];
  };
  return { el, set };
}

/** @param {Context} context */
function createSpeed({ commands }) {
  const el = h('select', {
    class: 'select speed', 'aria-label': say('transport.speed'), title: say('transport.speed.title'), on: { change: () => commands.setSpeed(Number(el.value)) },
  }, ...SPEEDS.map((speed) => h('option', { value: speed, text: `${speed}×` })));
  const set = (/** @type {number} */ speed) => {
    const text = String(speed);
    if (el.value === text) return;
    if (!SPEEDS.includes(speed)) el.append(h('option', { value: speed, text: `${speed}×` }));
    el.value = text;
  };
  return { el, set };
}

/** @param {HTMLElement} root @param {Context} context */
export function createTransport(root, context) {
  const { commands } = context;
  const [play, slider, speed] = [createPlay(context), createStepSlider(context), createSpeed(context)];
  const readout = h('output', { class: 'readout tabular', 'aria-hidden': 'true' });
  byId(root, 'transport').append(
    h('div', { class: 'transport-buttons' },
      createButton(say('transport.restart'), 'restart', say('keys.restart'), () => commands.restart()),
      createButton(say('transport.back'), 'back', '←', () => commands.step(-1)),
      play.el,
      createButton(say('transport.forward'), 'forward', '→', () => commands.step(1))),
    slider.el, readout, speed.el);
  const update = (/** @type {Shown} */ { experiment, race, step, playing, view }) => {
    const steps = race?.steps ?? experiment.steps;
    const whole = Math.min(steps, Math.floor(step));
    play.set(playing);
    slider.set(whole, steps, race?.entries ?? 0);
    speed.set(view.speed);
    setText(readout, `${formatCount(whole)} / ${formatCount(steps)}`);
    const width = `${2 * formatCount(steps).length + 3}ch`;
    if (readout.style.width !== width) readout.style.width = width;
  };
  return { update };
}
