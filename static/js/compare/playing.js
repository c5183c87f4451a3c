// @ts-check
/** One player for both sides: it goes on frame by frame, and each side rests at its own end. */
import { prefersReducedMotion } from '../core/motion.js';
import { Playback } from '../show/playback.js';
import { reach, sharedAxes } from './shared.js';

/** @typedef {import('./side.js').Side} Side */
/** @typedef {{setStep: (step: number) => void, side: Side}} Half */

export class Playing {
  /** @param {() => Half[]} halves  those that stand there @param {() => void} onFrame */
  constructor(halves, onFrame) {
    this.halves = halves;
    /** Whether the race of what stands there has begun to play; at first it is not known yet what that is. */
    this.begun = true;
    /** Where it is to rest; null: it plays. @type {number|null} */
    this.rest = null;
    this.playback = new Playback({ onStep: (step) => halves().forEach((half) => half.setStep(step)), onFrame });
    this.player = this.playback.player;
  }

  /** Something else stands there: it plays from the beginning. @param {number|null} step  where it is to rest; null: it plays */
  start(step) {
    this.rest = step;
    this.begun = false;
    this.showRaces();
  }

  /** More of a race is there, or other curves of it are wanted. */
  showRaces() {
    const sides = this.halves().map(({ side }) => side);
    const axes = sharedAxes(sides);
    sides.forEach(({ show }, index) => show.curves.share(axes[index]));
    const { last, growing } = reach(sides);
    this.player.setLast(last, growing);
    const some = sides.some(({ race }) => race);
    if (some && !this.begun) this.begin(growing);
    document.documentElement.dataset.complete = String(some && !growing);
    this.playback.ask();
  }

  /** Begins to play, or shows all of it at once to those who asked for no motion. @param {boolean} growing */
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
}
