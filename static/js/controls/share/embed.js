// @ts-check
/** A snippet that puts the stage into another page, with the choice of its size and of what it shows. */

import { h, uniqueId } from '../../core/dom.js';
import { copy, createPart } from './link.js';

const SIZES = [
  { title: '640 × 480', width: '640', height: '480' }, { title: '800 × 600', width: '800', height: '600' },
  { title: 'full width, 480 high', width: '100%', height: '480' }, { title: 'full width, 640 high', width: '100%', height: '640' },
];

/** What an embedded page can show; usual: unless it is told to hide it. */
const PARTS = [
  { id: 'transport', title: 'player', usual: true }, { id: 'tabs', title: 'tabs', usual: true },
  { id: 'legend', title: 'legend', usual: true }, { id: 'link', title: 'link to the playground', usual: true },
  { id: 'curves', title: 'curves', usual: false }, { id: 'ranking', title: 'ranking', usual: false },
  { id: 'cards', title: 'optimizers', usual: false }, { id: 'problem', title: 'problem', usual: false },
];

/** @param {string} text */
function quoted(text) {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

/** @param {string} address @param {{width: string, height: string}} size @param {string[]} chosen  ids of what it shows */
export function writeSnippet(address, { width, height }, chosen) {
  const told = [
    ['hide', PARTS.filter(({ id, usual }) => usual && !chosen.includes(id))],
    ['show', PARTS.filter(({ id, usual }) => !usual && chosen.includes(id))],
  ].flatMap(([key, parts]) => (parts.length ? [`${key}=${/** @type {typeof PARTS} */ (parts).map(({ id }) => id).join(',')}`] : []));
  const source = quoted([address, ...told].join('&').replace(/^([^?&]*)&/, '$1?'));
  return `<iframe src="${source}" width="${width}" height="${height}" title="Optimizer Playground" style="border: 0" loading="lazy" allowfullscreen></iframe>`;
}

/** @param {import('./share.js').Sharing} sharing @param {() => string} addressOf  of the page to embed */
export function createEmbed(sharing, addressOf) {
  const field = h('textarea', { class: 'entry share-snippet', readonly: true, rows: 5, 'aria-label': 'snippet to embed', spellcheck: 'false' });
  field.addEventListener('focus', () => field.select());
  const size = h('select', { class: 'select', 'aria-label': 'size' }, ...SIZES.map(({ title }, index) => h('option', { value: index, text: title })));
  const checks = PARTS.map(({ id, title, usual }) => {
    const box = h('input', { type: 'checkbox', id: uniqueId('embed'), value: id, checked: usual });
    return { box, el: h('label', { class: 'share-check', for: box.id }, box, title) };
  });
  const write = () => {
    const chosen = checks.filter(({ box }) => box.checked).map(({ box }) => box.value);
    field.value = writeSnippet(addressOf(), SIZES[size.selectedIndex], chosen);
  };
  for (const one of [size, ...checks.map(({ box }) => box)]) one.addEventListener('change', write);
  const button = h('button', { class: 'button', type: 'button', text: 'Copy snippet', on: { click: () => copy(field, 'Snippet copied.', sharing) } });
  const choices = h('div', { class: 'share-choices' }, size, ...checks.map(({ el }) => el));
  const el = createPart('Embed', 'For a course page or a blog: the stage alone, which plays there as it does here.', choices, field, button);
  el.classList.add('share-embed');
  return { el, write };
}
