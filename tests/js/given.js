// @ts-check
/** What tests of scripts are given: the real catalogue, and the cases that Python runs too. */
import { readFileSync } from 'node:fs';
import { env } from 'node:process';

/** @param {string | URL} file @returns {any} */
function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** @type {import('../../static/js/core/types.js').Catalog | undefined} */
let known;

/** What `GET /api/catalog` gives. */
export function catalog() {
  if (!env.CATALOG) throw new Error('CATALOG names no file: these tests are run by pytest, see tests/js/test_scripts.py');
  known ??= readJson(env.CATALOG);
  return /** @type {NonNullable<typeof known>} */ (known);
}

/** The cases of `tests/golden/both`, by the name of their file. @param {string} name */
export function casesOf(name) {
  return readJson(new URL(`../golden/both/${name}.json`, import.meta.url));
}
