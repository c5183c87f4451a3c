// @ts-check
/** The race as lines on the screen: projected once per race or camera, so that a frame only has to stroke them. */

import { colourOf, dashOf, markerOf } from '../../core/palette.js';
import { onPlane, PART } from '../../run/parting.js';

/** @typedef {import('../../core/types.js').Race} Race */
/** @typedef {import('../../core/types.js').Style} Style */
/** @typedef {{x: number, y: number, veiled: boolean}} Spot on the screen; x is NaN where it cannot be shown */
/** @typedef {(x: number, y: number, spot: Spot) => void} Project writes the place of (x, y) into the spot */

/**
 * @typedef {Object} Track  One optimizer's path on the screen.
 * @property {number} index  in the race
 * @property {Float64Array} px
 * @property {Float64Array} py
 * @property {Uint8Array} veiled  1 where the surface hides the point
 * @property {Uint8Array} faint  how far the picture parts from the truth at the point, 0 to FAINTEST
 * @property {number} faintest  of all its points
 * @property {Float64Array} at  step of each kept point, ascending; a fraction on the way between two entries
 * @property {number} count  kept points
 * @property {number} last  last step of the run so far
 * @property {string|null} outcome  kind, once the run has ended
 * @property {{colour: string, dash: number[], marker: string}} look
 */

/** Shares of a loss by which the picture may part from it, before a path is drawn fainter, and fainter. */
const FAINTER = [PART, 0.2, 0.5];
const FAINTEST = FAINTER.length;
const NEAR = 0.5; // px: points closer than this to the one before are one point on the screen

/** @returns {Spot} */
export function createSpot() {
  return { x: NaN, y: NaN, veiled: false };
}

/** Into how many pieces the way between two entries is cut: more than one where a straight line is not straight on the screen. @typedef {(ax: number, ay: number, bx: number, by: number) => number} Divide */

/** The visible runs of a race on the screen. @param {Race} race @param {Style[]} styles @param {Project} project @param {Divide} [divide] @returns {Track[]} */
export function projectRace(race, styles, project, divide = () => 1) {
  return styles.flatMap((style, index) => {
    if (style.hidden || !(race.lengths[index] > 0)) return [];
    const track = createTrack(race, index, style.slot, piecesOf(race, index, divide));
    projectRun(race, track, project, divide);
    return [track];
  });
}

/** @param {Race} race @param {number} index @param {Divide} divide */
function piecesOf(race, index, divide) {
  const xs = race.x[index];
  const ys = race.y[index];
  let pieces = 1;
  for (let step = 1; step < race.lengths[index]; step += 1) pieces += divide(xs[step - 1], ys[step - 1], xs[step], ys[step]);
  return pieces;
}

/** @param {Race} race @param {number} index @param {number} slot @param {number} room @returns {Track} */
function createTrack(race, index, slot, room) {
  return {
    index,
    px: new Float64Array(room),
    py: new Float64Array(room),
    veiled: new Uint8Array(room),
    faint: new Uint8Array(room),
    faintest: 0,
    at: new Float64Array(room),
    count: 0,
    last: race.lengths[index] - 1,
    outcome: race.outcomes?.[index]?.kind ?? null,
    look: { colour: colourOf(slot), dash: dashOf(slot), marker: markerOf(slot) },
  };
}

/** @param {Race} race @param {Track} track @param {Project} project @param {Divide} divide */
function projectRun(race, track, project, divide) {
  const xs = race.x[track.index];
  const ys = race.y[track.index];
  const spot = createSpot();
  const { plane } = race;
  const faintness = (/** @type {number} */ step) => (plane ? faintnessOf(plane, track.index, step) : 0);
  project(xs[0], ys[0], spot);
  keep(track, spot, 0, faintness(0));
  for (let step = 1; step <= track.last; step += 1) {
    const [ax, ay, bx, by] = [xs[step - 1], ys[step - 1], xs[step], ys[step]];
    const pieces = divide(ax, ay, bx, by);
    for (let piece = 1; piece <= pieces; piece += 1) {
      const share = piece / pieces;
      project(ax + share * (bx - ax), ay + share * (by - ay), spot);
      const ends = step === track.last && piece === pieces;
      if (ends || isApart(track, spot)) keep(track, spot, step - 1 + share, faintness(step));
    }
  }
}

/** @param {Track} track @param {Spot} spot */
function isApart(track, spot) {
  const before = track.count - 1;
  return !(Math.abs(spot.x - track.px[before]) < NEAR && Math.abs(spot.y - track.py[before]) < NEAR);
}

/** @param {import('../../core/types.js').Plane} plane @param {number} index @param {number} step */
function faintnessOf(plane, index, step) {
  const { apart } = onPlane(plane, index, step);
  return FAINTER.filter((share) => apart > share).length;
}

/** @param {Track} track @param {Spot} spot @param {number} step @param {number} faint */
function keep(track, spot, step, faint) {
  const place = track.count;
  track.px[place] = spot.x;
  track.py[place] = spot.y;
  track.veiled[place] = spot.veiled ? 1 : 0;
  track.at[place] = step;
  track.faint[place] = faint;
  track.faintest = Math.max(track.faintest, faint);
  track.count += 1;
}

/** How many kept points lie at or before a step. @param {Track} track @param {number} step */
export function keptUntil(track, step) {
  let low = 0;
  let high = track.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (track.at[middle] <= step) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where a run is at a step, between two entries when it is fractional. @param {Race} race @param {Track} track @param {number} step @param {Project} project @param {Spot} spot */
export function placeAt(race, track, step, project, spot) {
  const held = Math.max(0, Math.min(step, track.last));
  const before = Math.floor(held);
  const after = Math.min(before + 1, track.last);
  const share = held - before;
  const xs = race.x[track.index];
  const ys = race.y[track.index];
  project(xs[before] + share * (xs[after] - xs[before]), ys[before] + share * (ys[after] - ys[before]), spot);
}

/** The kept point nearest to a place on the screen, within `reach` pixels. @param {Track[]} tracks */
export function nearestPoint(tracks, /** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ reach) {
  let best = reach * reach;
  let found = null;
  for (const track of tracks) {
    for (let place = 0; place < track.count; place += 1) {
      const distance = (track.px[place] - x) ** 2 + (track.py[place] - y) ** 2;
      if (distance < best && !track.veiled[place]) {
        best = distance;
        found = { index: track.index, step: Math.round(track.at[place]), x: track.px[place], y: track.py[place], track };
      }
    }
  }
  return found;
}
