// @ts-check
/** Starts the page, as soon as the server answers. */
import { Conductor } from './conductor.js';
import { say } from './core/words.js';
import { arrangeParts } from './embed.js';
import { fetchCatalog, fetchThumbnails } from './net/api.js';

const FIRST_PAUSE = 500; // ms
const LONGEST_PAUSE = 8000;

/** The catalogue and the thumbnails, however often that takes. @param {number} pause @returns {Promise<ConstructorParameters<typeof Conductor>>} */
async function load(pause = FIRST_PAUSE) {
  try {
    return await Promise.all([fetchCatalog(), fetchThumbnails()]);
  } catch {
    const notices = /** @type {HTMLElement} */ (document.getElementById('notices'));
    notices.textContent = say('connection.no-answer');
    await new Promise((done) => setTimeout(done, pause));
    return load(Math.min(2 * pause, LONGEST_PAUSE));
  }
}

arrangeParts();
const [catalog, thumbnails] = await load();
document.getElementById('notices')?.replaceChildren();
new Conductor(catalog, thumbnails).open();
