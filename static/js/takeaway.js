// @ts-check
/** What can be taken away from the page: files that the server makes of it as it is shown, and films of the stage. */
import { isDark } from './core/palette.js';
import { fetchFile, fetchQr, saveExperiment } from './net/share.js';
import { STEPS_PER_SECOND } from './run/player.js';
import { canFilm, film, nextFrame } from './stage/film.js';
import { ModelScene } from './stage/modelscene.js';

/** @typedef {import('./core/types.js').FileMaker} FileMaker */
/** @typedef {import('./core/types.js').Takeaway} Takeaway */
/** @typedef {import('./presenter.js').Presenter} Presenter */

const FILM = {
  id: 'webm', title: 'Film (WebM)',
  line: 'A video of the stage, sharp and small: for slides. It is recorded while it plays, at the speed of the player.',
};
const SHORTEST = 3; // s
const LONGEST = 15;
const PICTURES = 8; // of what models say, a second: each is asked of the server
const REHEARSAL = 0.5; // its share of the work

/** @param {Presenter} presenter @returns {Takeaway} */
export function createTakeaway(presenter) {
  const blocked = () => (presenter.model.race?.complete ? '' : 'The race is still being computed: when it is whole, it can be filmed.');
  return {
    save: saveExperiment,
    fetchQr,
    suggest: () => ({ theme: isDark() ? 'dark' : 'light' }),
    films: canFilm() ? [{ format: FILM, blocked, make: (signal, onProgress) => makeFilm(presenter, signal, onProgress) }] : [],
    maker: (format, shared) => (signal, onProgress, options) => fetchFile(format.id, { ...shared(), options }, signal, onProgress),
  };
}

/** @param {Presenter} presenter @param {AbortSignal} signal @param {(share: number) => void} onProgress */
async function makeFilm({ model, player, stage }, signal, onProgress) {
  const { race, view } = model;
  if (!race?.complete) throw new Error('The race is still being computed. Try again when it is whole.');
  const steps = Math.max(1, race.entries - 1);
  const seconds = Math.max(SHORTEST, Math.min(LONGEST, steps / (STEPS_PER_SECOND * view.speed)));
  const redraw = () => stage.panes.visible(['3d']).forEach((pane) => pane.view.scene?.redraw());
  const scene = stage.present.find((one) => one instanceof ModelScene);
  const { step, playing } = player;
  player.pause();
  try {
    const learned = scene && stage.panes.visible(scene.ids).length > 0 ? scene : null;
    const stops = learned && (await rehearse(player, learned, steps, seconds, signal, (share) => onProgress(REHEARSAL * share)));
    const seek = (/** @type {number} */ at) => player.seek(stops ? stops.findLast((stop) => stop <= at) ?? 0 : at);
    const begun = stops ? REHEARSAL : 0;
    const show = { labels: race.labels, styles: view.styles, steps, seconds, seek };
    const blob = await film(stage.panes.host, show, redraw, signal, (share) => onProgress(begun + (1 - begun) * share));
    const { objective } = race.experiment;
    return { blob, name: `${objective.kind === 'surface' ? objective.name : objective.model.name}.webm` };
  } finally {
    player.seek(step);
    if (playing) player.play();
  }
}

/**
 * Has the models asked at the steps that the film will show, so that their pictures are at hand when it is recorded.
 * @param {Presenter['player']} player @param {ModelScene} scene @param {number} steps @param {number} seconds @param {AbortSignal} signal
 * @param {(share: number) => void} onProgress @returns {Promise<number[]>} those steps
 */
async function rehearse(player, scene, steps, seconds, signal, onProgress) {
  const count = Math.min(steps, Math.round(PICTURES * seconds));
  const stops = Array.from({ length: count + 1 }, (_, place) => Math.round((place / count) * steps));
  for (const [place, stop] of stops.entries()) {
    player.seek(stop);
    await scene.settled(() => nextFrame(signal));
    onProgress(place / count);
  }
  return stops;
}
