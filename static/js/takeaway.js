// @ts-check
/** What can be taken away from the page: files that the server makes of it as it is shown, and videos of the stage. */
import { isDark } from './core/palette.js';
import { say } from './core/words.js';
import { fetchFile, fetchQr, saveExperiment } from './net/share.js';
import { STEPS_PER_SECOND } from './run/player.js';
import { canRecord, nextFrame, record } from './stage/video.js';

/** @typedef {import('./core/types.js').FileMaker} FileMaker */
/** @typedef {import('./core/types.js').Takeaway} Takeaway */
/** @typedef {import('./show/show.js').Show} Show */

const VIDEO = {
  id: 'webm', title: say('share.video.title'), line: say('share.video.line'),
};
const SHORTEST = 3; // s
const LONGEST = 15;
const PICTURES = 8; // of what models say, a second: each is asked of the server
const REHEARSAL = 0.5; // its share of the work

/** @param {Show} show @returns {Takeaway} */
export function createTakeaway(show) {
  const blocked = () => (show.race?.complete ? '' : say('share.video.later'));
  return {
    save: saveExperiment,
    fetchQr,
    suggest: () => ({ theme: isDark() ? 'dark' : 'light' }),
    videos: canRecord() ? [{ format: VIDEO, blocked, make: (signal, onProgress) => makeVideo(show, signal, onProgress) }] : [],
    maker: (format, shared) => (signal, onProgress, options) => fetchFile(format.id, { ...shared(), options }, signal, onProgress),
  };
}

/** @param {Show} show @param {AbortSignal} signal @param {(share: number) => void} onProgress */
async function makeVideo({ race, view, styles, playback: { player }, stage }, signal, onProgress) {
  if (!race?.complete) throw new Error(say('share.video.not-yet'));
  const steps = Math.max(1, race.entries - 1);
  const seconds = Math.max(SHORTEST, Math.min(LONGEST, steps / (STEPS_PER_SECOND * view.speed)));
  const { step, playing } = player;
  player.pause();
  try {
    const stops = stage.asks() ? await rehearse(player, stage, steps, seconds, signal, (share) => onProgress(REHEARSAL * share)) : null;
    const seek = (/** @type {number} */ at) => player.seek(stops ? stops.findLast((stop) => stop <= at) ?? 0 : at);
    const begun = stops ? REHEARSAL : 0;
    const recording = { labels: race.labels, styles, steps, seconds, seek };
    const blob = await record(stage.panes.host, recording, () => stage.redraw(), signal, (share) => onProgress(begun + (1 - begun) * share));
    return { blob, name: `${race.profile.id.split('/')[0]}.webm` };
  } finally {
    player.seek(step);
    if (playing) player.play();
  }
}

/**
 * Has the models asked at the steps that the video will show, so that their pictures are at hand when it is recorded.
 * @param {import('./run/player.js').Player} player @param {import('./stage.js').Stage} stage @param {number} steps @param {number} seconds @param {AbortSignal} signal
 * @param {(share: number) => void} onProgress @returns {Promise<number[]>} those steps
 */
async function rehearse(player, stage, steps, seconds, signal, onProgress) {
  const count = Math.min(steps, Math.round(PICTURES * seconds));
  const stops = Array.from({ length: count + 1 }, (_, place) => Math.round((place / count) * steps));
  for (const [place, stop] of stops.entries()) {
    player.seek(stop);
    await stage.settled(() => nextFrame(signal));
    onProgress(place / count);
  }
  return stops;
}
