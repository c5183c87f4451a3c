// @ts-check
/** One player for both sides: it goes on frame by frame, and each side rests at its own end. */
import { prefersReducedMotion } from '../core/motion.js';
import { Player } from '../run/player.js';
import { reach, sharedAxes } from './shared.js';

/** @typedef {import('./column.js').Column} Column */

export class Playing {
  /** @param {Column[]} columns @param {() => void} onFrame */
  constructor(columns, onFrame) {
    this.columns = columns;
    this.onFrame = onFrame;
    /** Whether the show of what stands there has begun; at first it is not known yet what that is. */
    this.begun = true;
    /** Where it is to rest; null: it plays. @type {number|null} */
    this.rest = null;
    this.frame = 0;
    this.player = new Player(() => this.showStep());
  }

  /** What the keys and the transport do. */
  commands() {
    const { player } = this;
    return {
      toggle: () => player.toggle(),
      step: (/** @type {number} */ count) => player.move(count),
      restart: () => player.restart(),
      seek: (/** @type {number} */ step) => player.seek(step),
    };
  }

  /** Something else stands there: the show begins. @param {number|null} step  where it is to rest; null: it plays */
  start(step) {
    this.rest = step;
    this.begun = false;
    this.showRaces();
  }

  /** More of a race is there, or other curves of it are wanted. */
  showRaces() {
    const sides = this.columns.map(({ side }) => side);
    const axes = sharedAxes(sides);
    sides.forEach((side, index) => side.curves.share(axes[index]));
    const { last, growing } = reach(sides);
    this.player.setLast(last, growing);
    const some = sides.some(({ race }) => race);
    if (some && !this.begun) this.begin(growing);
    document.documentElement.dataset.complete = String(some && !growing);
    this.ask();
  }

  /** Starts the show, or shows all of it at once to those who asked for no motion. @param {boolean} growing */
  begin(growing) {
    const still = prefersReducedMotion() && this.rest === null;
    if (still && growing) return;
    this.begun = true;
    this.player.pause();
    if (this.rest !== null) this.player.aim(this.rest);
    else {
      this.player.seek(still ? this.player.last : 0);
      if (!still) this.player.play();
    }
  }

  /** Where the player rests, null where it plays or is at the end. */
  resting() {
    const { step, last, playing } = this.player;
    return !playing && step < last ? Math.floor(step) : null;
  }

  showStep() {
    for (const column of this.columns) column.setStep(this.player.step);
    this.ask();
  }

  /** Asks for the next frame, which moves the player and updates the controls. */
  ask() {
    this.frame ||= requestAnimationFrame((now) => {
      this.frame = 0;
      this.player.frame(now);
      this.onFrame();
    });
  }
}
