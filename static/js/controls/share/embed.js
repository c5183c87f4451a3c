// @ts-check
/** A snippet that puts the stage into another page, with the choice of its size and of what it shows. */

import { h, uniqueId } from '../../core/dom.js';
import { say } from '../../core/words.js';
import { copy, createPart } from './link.js';

const SIZES = [
  { title: say('share.embed.fixed', { width: '640', height: '480' }), width: '640', height: '480' }, { title: say('share.embed.fixed', { width: '800', height: '600' }), width: '800', height: '600' },
  { title: say('share.embed.wide', { height: '480' }), width: '100%', height: '480' }, { title: say('share.embed.wide', { height: '640' }), width: '100%', height: '640' },
];

/** What an embedded page can show; usual: unless it is told to hide it. */
const PARTS = [
  { id: 'transport', title: say('share.embed.transport'), usual: true }, { id: 'tabs', title: say('share.embed.tabs'), usual: true },
  { id: 'legend', title: say('share.embed.legend'), usual: true }, { id: 'link', title: say('share.embed.link'), usual: true },
  { id: 'curves', title: say('share.embed.curves'), usual: false }, { id: 'ranking', title: say('share.embed.ranking'), usual: false },
  { id: 'cards', title: say('share.embed.cards'), usual: false }, { id: 'problem', title: say('share.embed.problem'), usual: false },
];

/** @param {string} text */
function quoted(text) {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

/** @param {string} address @param {{width: string, height: string}} size @param {string[]} chosen  ids of what it shows */
function writeSnippet(address, { width, height }, chosen) {
  const told = [
    ['hide', PARTS.filter(({ id, usual }) => usual && !chosen.includes(id))],
    ['show', PARTS.filter(({ id, usual }) => !usual && chosen.includes(id))],
  ].flatMap(([key, parts]) => (parts.length ? [`${key}=${/** @type {typeof PARTS} */ (parts).map(({ id }) => id).join(',')}`] : []));
  const source = quoted([address, ...told].join('&').replace(/^([^?&]*)&/, '$1?'));
  return `<iframe src="${source}" width="${width}" height="${height}" title="${quoted(say('brand.name'))}" style="border: 0" loading="lazy" allowfullscreen></iframe>`;
}

/** @param {import('./share.js').Sharing} sharing @param {() => string} addressOf  of the page to embed */
export function createEmbed(sharing, addressOf) {
  const field = h('textarea', { class: 'entry share-snippet', readonly: true, rows: 5, 'aria-label': say('share.embed.snippet'), spellcheck: 'false' });
  field.addEventListener('focus', () => field.select());
  const size = h('select', { class: 'select', 'aria-label': say('share.embed.size') }, ...SIZES.map(({ title }, index) => h('option', { value: index, text: title })));
  const checks = PARTS.map(({ id, title, usual }) => {
    const box = h('input', { type: 'checkbox', id: uniqueId('embed'), value: id, checked: usual });
    return { box, el: h('label', { class: 'share-check', for: box.id }, box, title) };
  });
  const write = () => {
    const chosen = checks.filter(({ box }) => box.checked).map(({ box }) => box.value);
    field.value = writeSnippet(addressOf(), SIZES[size.selectedIndex], chosen);
  };
  for (const one of [size, ...checks.map(({ box }) => box)]) one.addEventListener('change', write);
  const button = h('button', { class: 'button', type: 'button', text: say('share.embed.copy'), on: { click: () => copy(field, say('share.embed.copied'), sharing) } });
  const choices = h('div', { class: 'share-choices' }, size, ...checks.map(({ el }) => el));
  const el = createPart(say('share.embed.title'), say('share.embed.line'), choices, field, button);
  el.classList.add('share-embed');
  return { el, write };
}
