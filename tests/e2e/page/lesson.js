// @ts-check
/**
 * A page with several shows over one connection, each with a slider of its own, made of the modules that are shipped: it is
 * served in place of the script of `/compare`.
 */
import { completeDraft } from './catalog.js';
import { fetchCatalog } from './net/api.js';
import { Connection } from './net/connection.js';
import { Show } from './show/show.js';

const surface = (/** @type {string} */ name, steps = 200) => ({ objective: { kind: 'surface', name }, optimizers: [{ name: 'adam' }, { name: 'sgd' }], steps });
const model = { objective: { kind: 'model', model: { name: 'neuron' }, dataset: { name: 'moons' } }, optimizers: [{ name: 'adam' }], steps: 60 };
const long = Number(new URLSearchParams(location.search).get('long') ?? 200);
const DRAFTS = [surface('rosenbrock'), surface('himmelblau'), surface('booth'), surface('rastrigin', long), surface('beale'), model];

const main = document.createElement('main');
document.body.replaceChildren(main);
Object.assign(main.style, { display: 'grid', gridTemplateColumns: 'repeat(3, 1fr)' });
const catalog = await fetchCatalog();
const connection = new Connection();

/** @param {object} draft @param {number} number */
function create(draft, number) {
  const section = document.createElement('section');
  section.id = `show-${number}`;
  const [stage, curves, slider] = [document.createElement('div'), document.createElement('div'), document.createElement('input')];
  [stage.className, curves.className] = ['stage', 'curves'];
  [stage.style.height, curves.style.height] = ['260px', '120px'];
  section.append(stage, curves, slider);
  main.append(section);
  Object.assign(slider, { type: 'range', min: '0', value: '0', max: '0', ariaLabel: `Step of ${number}` });
  slider.addEventListener('input', () => show.playback.player.seek(slider.valueAsNumber));
  const show = new Show({ stage, curves }, { catalog, connection }, {
    onRace: (race) => {
      slider.max = String(race.steps);
      section.dataset.entries = String(race.entries);
      section.dataset.complete = String(race.complete);
    },
    onFrame: () => { section.dataset.step = String(show.playback.player.step); },
  });
  show.open(completeDraft(draft, catalog), null);
  return show;
}

Object.assign(window, { shows: DRAFTS.map(create), create: () => create(surface('booth'), DRAFTS.length) });
