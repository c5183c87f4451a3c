// @ts-check
/** What pytest asks of the scripts in one call: many things, or more than one function knows. */
import { completeDraft } from '../../static/js/catalog.js';
import { Mending } from '../../static/js/mending.js';
import { matchPreset, uniqueLabel } from '../../static/js/state/entries.js';
import { suggestion } from '../../static/js/state/rates.js';
import { ADDRESS_KEYS, readAddress } from '../../static/js/state/readaddress.js';
import { lossesFor } from '../../static/js/state/suiting.js';
import { completeStyles, initialPlace, initialView } from '../../static/js/state/view.js';
import { profileOf } from '../../static/js/state/profiles.js';
import { readView } from '../../static/js/state/viewdocument.js';
import { writeAddress } from '../../static/js/state/writeaddress.js';

/** @typedef {import('../../static/js/core/types.js').Catalog} Catalog */
/** @typedef {import('../../static/js/core/types.js').Experiment} Experiment */
/** @typedef {import('../../static/js/core/types.js').Objective} Objective */
/** @typedef {import('../../static/js/core/types.js').OptimizerChoice} OptimizerChoice */
/** @typedef {import('../../static/js/core/types.js').Problem} Problem */

/** Of each objective the learning rate of each preset. @param {Objective[]} objectives @param {Catalog} catalog */
export function suggestedRates(objectives, catalog) {
  return objectives.map((objective) =>
    Object.fromEntries(catalog.presets.map((preset) => [preset.id, suggestion(catalog, { objective }, preset)])));
}

/** What optimizers are called that have no label. @param {OptimizerChoice[]} optimizers @param {Catalog} catalog */
export function labelsOf(optimizers, catalog) {
  /** @type {string[]} */
  const labels = [];
  for (const each of optimizers) labels.push(uniqueLabel(String(matchPreset(catalog, each)?.title), labels));
  return labels;
}

/** Of each model and dataset the losses, by their ids. @param {[string, import('../../static/js/core/types.js').Named][]} pairs @param {Catalog} catalog */
export function lossesOf(pairs, catalog) {
  return pairs.map(([model, dataset]) => lossesFor(catalog, { name: model }, dataset).map(({ id }) => id));
}

/** What an address can say beside the fields of a document. */
export function addressKeys() {
  return ADDRESS_KEYS;
}

/** Of each address the document that the page would send, its view, and the problems with that. @param {string[]} addresses @param {Catalog} catalog */
export function readAddresses(addresses, catalog) {
  return addresses.map((address) => {
    const { draft, view, problems } = readAddress(address, catalog);
    return { document: completeDraft(draft, catalog), view, problems };
  });
}

/** What the page makes of each view document. @param {Record<string, any>[]} documents @param {Catalog} catalog */
export function readViews(documents, catalog) {
  return documents.map((document) => readView(document, catalog));
}

/** The address of each pair of a canonical experiment and a view document. @param {[Experiment, Record<string, any>][]} links @param {Catalog} catalog */
export function writeAddresses(links, catalog) {
  return links.map(([experiment, document]) => {
    const view = { ...initialView(), ...initialPlace(profileOf(catalog, experiment)), ...readView(document, catalog) };
    return writeAddress(experiment, { ...view, styles: completeStyles(view.styles, experiment.optimizers.length) }, catalog);
  });
}

/** The link that is being opened. @type {Mending} */
let mending;

/** The text of the document to ask the server for first. @param {string} query @param {Catalog} catalog */
export function openLink(query, catalog) {
  const { draft, problems } = readAddress(query, catalog);
  mending = new Mending(catalog, problems);
  return JSON.stringify(mending.begin(completeDraft(draft, catalog)));
}

/** The text of the next one, where the server refused that of `text`. @param {string} text @param {Problem[]} errors */
export function mendLink(text, errors) {
  return JSON.stringify(mending.next(JSON.parse(text), errors));
}

/** What was taken out of the link, and the sentence about it. */
export function toldOfLink() {
  return { paths: mending.problems.map(({ path }) => path), sentence: mending.tell() };
}
