// @ts-check
/** The address of a comparison just as it is seen: also what was turned and zoomed, and where the player rests. */
import { copyText } from '../controls/share/clipboard.js';
import { rooted } from '../core/root.js';
import { say } from '../core/words.js';
import { inLanguage } from '../state/language.js';
import { compareAddress } from '../state/source.js';
import { writeAddress } from '../state/writeaddress.js';

/** @typedef {import('./side.js').Side} Side */
/** @typedef {import('../state/source.js').Source} Source */

/** What stands on a side as it is seen now: where it was turned or zoomed, it has an address of its own. @param {Side} side @returns {Source|null} */
function seenSource({ show, experiment, source, view, catalog }) {
  const { camera, range } = show.shown();
  const same = JSON.stringify([camera, range]) === JSON.stringify([view.camera, view.range]);
  if (!experiment || same) return source;
  return { kind: 'address', query: writeAddress(experiment, { ...view, camera, range }, catalog).slice(1) };
}

/** @param {Side[]} sides @param {Record<string, string>} words @param {number|null} step */
function seenAddress(sides, words, step) {
  const [left, right] = sides.map(seenSource);
  // Where the links ask for a step of their own, also that there is none has to be said.
  const told = step !== null || sides.some(({ view }) => view.step !== null);
  return rooted(compareAddress(left, right, { ...words, ...(told && { step: `${step ?? ''}` }) }));
}

/**
 * @param {Side[]} sides @param {Record<string, string>} words  of how they are looked at @param {number|null} step  where the
 * player rests @param {{announce: (text: string, kind?: 'status'|'alert') => void}} notices
 */
export async function copyLink(sides, words, step, notices) {
  const address = seenAddress(sides, words, step);
  if (await copyText(location.origin + address)) notices.announce(say('compare.copied'));
  else {
    history.replaceState(null, '', inLanguage(address, location.search));
    notices.announce(say('compare.not-copied'), 'alert');
  }
}
