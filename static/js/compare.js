// @ts-check
/** Starts the page that compares two experiments, as soon as the server answers. */
import { ComparePage } from './compare/page.js';
import { say } from './core/words.js';
import { fetchCatalog } from './net/api.js';

const FIRST_PAUSE = 500; // ms
const LONGEST_PAUSE = 8000;

/** The catalogue, however often that takes. @param {number} pause @returns {Promise<import('./core/types.js').Catalog>} */
async function load(pause = FIRST_PAUSE) {
  try {
    return await fetchCatalog();
  } catch {
    const notices = /** @type {HTMLElement} */ (document.getElementById('notices'));
    notices.textContent = say('connection.no-answer');
    await new Promise((done) => setTimeout(done, pause));
    return load(Math.min(2 * pause, LONGEST_PAUSE));
  }
}

const catalog = await load();
document.getElementById('notices')?.replaceChildren();
await new ComparePage(catalog).open();
