// @ts-check
import assert from 'node:assert/strict';
import test from 'node:test';

import { borders } from '../../../../static/js/views/data/boundary.js';

const COUNT = 33;

/** The places from 0 to 1 of the borders between classes of scores `slope * label * (x - 0.37 - 0.1 * label)`. @param {number} slope @param {number} classes */
function places(slope, classes) {
  const levels = [];
  const said = [];
  for (let at = 0; at < COUNT * COUNT; at += 1) {
    const x = (at % COUNT) / (COUNT - 1);
    const scores = Array.from({ length: classes }, (_, label) => Math.exp(slope * label * (x - 0.37 - 0.1 * label)));
    const parts = scores.map((each) => each / scores.reduce((sum, one) => sum + one, 0));
    said.push(parts.indexOf(Math.max(...parts)));
    levels.push(Math.round(255 * (classes === 2 ? parts[1] : Math.max(...parts))));
  }
  const found = borders(/** @type {any} */ ({ columns: COUNT, rows: COUNT, levels, classes: classes === 2 ? null : said }));
  return Array.from(found).filter((_, at) => at % 2 === 0).map((x) => x / (COUNT - 1));
}

/** Scores 0, s (x - 0.47) and 2 s (x - 0.57) meet at 0.47 and, the last two, at 2 * 0.57 - 0.47 = 0.67. */
for (const [slope, classes, wanted] of /** @type {[number, number, number[]][]} */ ([[8, 2, [0.47]], [20, 2, [0.47]], [12, 3, [0.47, 0.67]]])) {
  test(`borders of ${classes} classes lie where probabilities are equal, with a slope of ${slope}`, () => {
    const found = places(slope, classes);
    assert.equal(found.length, 2 * (COUNT - 1) * wanted.length);
    for (const place of wanted) assert.ok(Math.min(...found.map((x) => Math.abs(x - place))) < 0.003);
    for (const x of found) assert.ok(Math.min(...wanted.map((place) => Math.abs(x - place))) < 0.2 / (COUNT - 1));
  });
}
