// @ts-check
/** The language of an address is the reader's: no part of the experiment, and kept where the page writes its address. */
import assert from 'node:assert/strict';
import test from 'node:test';

import { inLanguage, withoutLanguage } from '../../../static/js/state/language.js';
import { readAddress } from '../../../static/js/state/readaddress.js';
import { catalog } from '../given.js';

test('an address with a language alone names no experiment', () => {
  assert.deepEqual(readAddress('?lang=en', catalog()), { ...readAddress('', catalog()), draft: null, problems: [] });
});

test('an address reads the same in any language', () => {
  const address = 'v=1&on=booth&o=sgd;lr=0.02&view=3d';
  for (const asked of [`?lang=en&${address}`, `?${address}&lang=pt-BR`, `?${address}&amp;lang=`]) {
    assert.deepEqual(readAddress(asked, catalog()), readAddress(address, catalog()), asked);
  }
});

test('what is written asks for the language that was asked for', () => {
  for (const [query, written] of [
    ['?lang=en', '/?v=1&lang=en'], ['?embed=1&amp;lang=pt-BR', '/?v=1&lang=pt-BR'], ['?lang=de&lang=en', '/?v=1&lang=en'],
    ['?lang=a%26o=b', '/?v=1&lang=a%26o%3Db'], ['?lang=', '/?v=1'], ['', '/?v=1'], ['?langs=en', '/?v=1'],
  ]) assert.equal(inLanguage('/?v=1', query), written, query);
  assert.equal(inLanguage('/e/abcd2345', '?lang=en'), '/e/abcd2345?lang=en');
});

test('what is given to others asks for none', () => {
  for (const [query, rest] of [['?lang=en', ''], ['', ''], ['?view=3d&lang=en&step=2', '?view=3d&step=2'], ['?langs=a', '?langs=a']]) {
    assert.equal(withoutLanguage(query), rest);
  }
});
