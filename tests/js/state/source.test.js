// @ts-check
/** What somebody pastes to name an experiment: long addresses, short links, ids, and what is none of these. */
import assert from 'node:assert/strict';
import test from 'node:test';

import { compareAddress, NoSource, readSource } from '../../../static/js/state/source.js';

const QUERY = 'v=1&on=booth&start=-8,6&o=sgd;lr=0.02;label=a%2Fb&steps=80';
const ID = 'k7m2x9qd';

test('a long address however it was copied', () => {
  const texts = [
    QUERY, `?${QUERY}`, `/?${QUERY}`, `https://play.example/?${QUERY}`, `http://localhost:8000/?${QUERY}#top`, `play.example/?${QUERY}`,
    `  http://127.0.0.1:8000/?${QUERY}\n`,
  ];
  for (const text of texts) assert.deepEqual(readSource(text), { kind: 'address', query: QUERY }, text);
});

test('a short link or an id however it was copied', () => {
  const texts = [
    ID, ID.toUpperCase(), ` ${ID} `, `/e/${ID}`, `/e/${ID}/`, `https://play.example/e/${ID}`, `play.example/e/${ID}`,
    `http://localhost:8000/embed/${ID}?hide=legend`, `https://play.example/e/${ID.toUpperCase()}?step=3`,
  ];
  for (const text of texts) assert.deepEqual(readSource(text), { kind: 'id', id: ID }, text);
});

test('below a path an address is read as the server reads it', () => {
  for (const path of ['/lab/?', '/lab?', '/?']) {
    assert.deepEqual(readSource(`https://play.example${path}${QUERY}`, '/lab'), { kind: 'address', query: QUERY }, path);
  }
});

/** @type {[string, RegExp][]} */
const NONE = [
  ['', /Paste the address/],
  ['   ', /Paste the address/],
  ['hello', /names no experiment/],
  ['k7m2x9q', /names no experiment/],
  ['x'.repeat(10_000), /names no experiment/],
  ["' OR 1=1 --", /names no experiment/],
  ['<img src=x onerror=alert(1)>', /names no experiment/],
  ['javascript:alert(1)', /names no experiment/],
  ['/e/', /is no id/],
  ['/e/%E0%A4%A', /is no id/],
  ["/e/abc'; DROP TABLE", /is no id/],
  [`/api/experiments/${ID}`, /names no experiment/],
  ['https://play.example/', /of the playground itself/],
  ['https://play.example/compare?left=a&right=b', /comparison already/],
  ['http://[bad', /names no experiment/],
];

for (const [text, told] of NONE) {
  test(`what names no experiment is told so: ${text.slice(0, 40)}`, () => {
    assert.throws(() => readSource(text), (/** @type {unknown} */ error) => error instanceof NoSource && told.test(error.message));
  });
}

test('an address of a comparison holds both whole', () => {
  const address = compareAddress({ kind: 'address', query: QUERY }, { kind: 'id', id: ID }, { view: '3d', log: '' });
  const found = [...new URL(address, 'http://here').searchParams];
  assert.deepEqual(found, [['left', QUERY], ['right', ID], ['view', '3d'], ['log', '']]);
});
