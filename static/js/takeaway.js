// @ts-check
/** What can be taken away from the page: files that the server makes of it as it is shown, and films of the stage. */
import { isDark } from './core/palette.js';
import { fetchFile, fetchQr, saveExperiment } from './net/share.js';
import { STEPS_PER_SECOND } from './run/player.js';
import { canFilm, film } from './stage/film.js';

/** @typedef {import('./core/types.js').FileMaker} FileMaker */
/** @typedef {import('./core/types.js').Takeaway} Takeaway */
/** @typedef {import('./presenter.js').Presenter} Presenter */

const FILM = {
  id: 'webm', title: 'Film',
  line: 'WebM video of the stage, sharp and small: for slides. It is recorded while it plays, at the speed of the player.',
};
const PATHS = ['2d', '3d', 'both'];
const SHORTEST = 3; // s
const LONGEST = 15;

/** @param {Presenter} presenter @returns {Takeaway} */
export function createTakeaway(presenter) {
  return {
    save: saveExperiment,
    fetchQr,
    films: canFilm() ? [{ format: FILM, make: (signal, onProgress) => makeFilm(presenter, signal, onProgress) }] : [],
    maker: (format, shared) => (signal, onProgress) => {
      const options = format.params.some(({ id }) => id === 'theme') ? { theme: isDark() ? 'dark' : 'light' } : {};
      const { view, ...rest } = shared();
      return fetchFile(format.id, { ...rest, view: { ...view, ...zoomOf(presenter) }, options }, signal, onProgress);
    },
  };
}

/** The part of the plane that is seen, where it was zoomed. @param {Presenter} presenter */
function zoomOf({ stage }) {
  const [pane] = stage.panes.visible(['2d']);
  if (!pane || pane.view.wanted === pane.view.home) return {};
  const { x, y } = pane.view.range();
  return { range: [...x, ...y] };
}

/** @param {Presenter} presenter @param {Parameters<FileMaker>[0]} signal @param {Parameters<FileMaker>[1]} onProgress */
async function makeFilm({ model, player, stage }, signal, onProgress) {
  const { race, view } = model;
  if (!PATHS.includes(view.tab)) throw new Error('A film shows paths: open the tab 2D, 3D or Both first.');
  if (!race?.complete) throw new Error('The race is still being computed. Try again when it is whole.');
  const steps = Math.max(1, race.entries - 1);
  const seconds = Math.max(SHORTEST, Math.min(LONGEST, steps / (STEPS_PER_SECOND * view.speed)));
  const redraw = () => stage.panes.visible(['3d']).forEach((pane) => pane.view.scene?.redraw());
  player.pause();
  const { step } = player;
  const show = { labels: race.labels, styles: view.styles, steps, seconds, seek: (/** @type {number} */ at) => player.seek(at) };
  try {
    const blob = await film(stage.panes.host, show, redraw, signal, onProgress);
    const { objective } = race.experiment;
    return { blob, name: `${objective.kind === 'surface' ? objective.name : objective.model.name}.webm` };
  } finally {
    player.seek(step);
  }
}
