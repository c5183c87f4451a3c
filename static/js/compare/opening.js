// @ts-check
/** From what names an experiment to the document that the server is asked to run, and how it was looked at. */
import { completeDraft } from '../catalog.js';
import { say } from '../core/words.js';
import { fetchSaved } from '../net/api.js';
import { readAddress } from '../state/readaddress.js';
import { readView } from '../state/viewdocument.js';

/** @typedef {import('../core/types.js').Catalog} Catalog */
/** @typedef {import('../core/types.js').View} View */
/** @typedef {import('../state/source.js').Source} Source */
/** problems: what the address says that cannot be used. @typedef {{document: any, view: Partial<View>, title: string, problems: import('../core/types.js').Problem[]}} Found */

/** @param {Source} source @param {Catalog} catalog @returns {Promise<Found>} */
export async function findExperiment(source, catalog) {
  const found = source.kind === 'id' ? await findSaved(source.id, catalog) : readLong(source.query, catalog);
  if (found.document.optimizers?.length === 0) throw new Error(say('compare.no-optimizers'));
  return found;
}

/** @param {string} id @param {Catalog} catalog @returns {Promise<Found>} */
async function findSaved(id, catalog) {
  const { experiment, view, title } = await fetchSaved(id);
  return { document: experiment, view: readView(view, catalog), title, problems: [] };
}

/** @param {string} query @param {Catalog} catalog @returns {Found} */
function readLong(query, catalog) {
  const { draft, view, problems } = readAddress(query, catalog);
  if (!draft) throw new Error(say('compare.no-experiment'));
  return { document: completeDraft(draft, catalog), view, title: '', problems };
}
