// @ts-check
/** The list of views: whatever an objective offers is there, in the order in which it offers it. */
import assert from 'node:assert/strict';
import test from 'node:test';

import { allTabs } from '../../../static/js/state/profiles.js';
import { SINGLE_VIEWS, VIEWS } from '../../../static/js/views/index.js';
import { catalog } from '../given.js';

const IDS = VIEWS.map(({ id }) => id);

test('the tabs that objectives have are the views there are, in their order', () => {
  assert.deepEqual(allTabs(catalog()), IDS);
  for (const { tabs } of Object.values(catalog().profiles)) assert.deepEqual(IDS.filter((id) => tabs.includes(id)), tabs);
});

test('a tab that is known to one objective alone follows the one that it follows there', () => {
  const [usual] = Object.values(catalog().profiles);
  const profiles = Object.fromEntries(['ac', 'abc', 'xacy'].map((tabs) => [tabs, { ...usual, tabs: [...tabs] }]));
  assert.equal(allTabs({ ...catalog(), profiles }).join(''), 'xabcy');
});

test('what stands beside each other are views with an element each', () => {
  const single = SINGLE_VIEWS.map(({ id }) => id);
  const beside = VIEWS.flatMap((entry) => ('beside' in entry ? entry.beside : []));
  assert.deepEqual(beside, beside.filter((id) => single.includes(id)));
  assert.equal(new Set(IDS).size, IDS.length);
});
