// @ts-check
/** The controls of the page: made, and brought up to date with what the show shows. */
import { createControls } from './controls/index.js';
import { rank } from './run/ranking.js';
import { initialView } from './state/view.js';
import { createTakeaway } from './takeaway.js';
import { drawSample } from './views/data/marks.js';
import { drawThumbnail } from './views/drawing/thumbnail.js';
import { VIEWS } from './views/index.js';

/** @typedef {import('./core/types.js').Catalog} Catalog */
/** @typedef {import('./core/types.js').Model} Model */
/** @typedef {import('./core/types.js').Race} Race */
/** @typedef {import('./core/types.js').View} View */
/** @typedef {import('./show/show.js').Show} Show */

/**
 * @typedef {Object} PresenterHandlers
 * @property {import('./core/types.js').ChangeExperiment} change
 * @property {(partial: Partial<View>) => void} changeView
 * @property {Pick<import('./core/types.js').Commands, 'undo'|'redo'|'link'|'viewDocument'|'showKind'|'openTyped'|'openScenario'>} commands
 */

export class Presenter {
  /** @param {Catalog} catalog @param {Record<string, import('./core/types.js').Thumbnail>} thumbnails @param {Show} show @param {PresenterHandlers} handlers */
  constructor(catalog, thumbnails, show, { change, changeView, commands }) {
    this.catalog = catalog;
    this.show = show;
    /** What controls are updated with: they keep it, and read in it what is so now. @type {Model} */
    this.model = {
      // Nothing is updated before there is one.
      get experiment() { return /** @type {import('./core/types.js').Experiment} */ (show.experiment); },
      get race() { return show.race; },
      get step() { return show.playback.player.step; },
      get playing() { return show.playback.player.playing; },
      view: initialView(), ranking: [], plane: null, data: null, canUndo: false, canRedo: false, connection: 'connecting', problems: [],
    };
    this.controls = createControls(document.body, {
      catalog,
      views: VIEWS,
      thumbnails,
      drawThumbnail,
      drawSample,
      files: createTakeaway(show),
      change,
      changeView,
      commands: {
        ...show.playback.commands(),
        setSpeed: (speed) => changeView({ speed }),
        resetZoom: () => show.stage.resetZoom(),
        ...commands,
      },
    });
    // A key acts on what is so now, not on what the last frame has shown.
    addEventListener('keydown', () => show.playback.frame && this.showModel(), { capture: true });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => show.setTheme());
  }

  /** Takes over some of the model, and shows it with the next frame. @param {Partial<Omit<Model, 'experiment'|'race'|'step'|'playing'>>} partial */
  set(partial) {
    Object.assign(this.model, partial);
    this.show.playback.ask();
  }

  /** @param {View} view */
  setView(view) {
    const { view: before } = this.model;
    this.set({ view });
    if (view.theme !== before.theme) {
      document.documentElement.dataset.theme = view.theme;
      this.show.setTheme();
    }
    this.show.setView(view);
    if (view.styles !== this.show.styles) this.show.setStyles(view.styles);
  }

  /** @param {Race} race */
  setRace(race) {
    this.set({ ranking: rank(race, this.show.away) });
  }

  /** Brings the controls up to date. */
  showModel() {
    if (this.show.experiment) this.controls.update(this.model);
  }
}
