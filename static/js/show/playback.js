// @ts-check
/** The player with the frames of the page: it moves on with each, as long as anything asks for the next. */
import { prefersReducedMotion } from '../core/motion.js';
import { Player } from '../run/player.js';

/** Time between frames while a hand waits for an answer, in ms. */
const UNHURRIED = 100;

/**
 * @typedef {Object} PlaybackHandlers
 * @property {(step: number) => void} onStep  another step is to be shown
 * @property {() => void} [onFrame]  once in each frame that was asked for
 * @property {() => boolean} [waits]  whether a hand waits for an answer: frames of what plays do not keep it then
 */

export class Playback {
  /** @param {PlaybackHandlers} handlers */
  constructor({ onStep, onFrame = () => {}, waits = () => false }) {
    this.onFrame = onFrame;
    this.waits = waits;
    /** The next frame, 0 where none was asked for. */
    this.frame = 0;
    /** When the player last moved on, in ms. */
    this.moved = 0;
    this.player = new Player(() => {
      onStep(this.player.step);
      this.ask();
    });
  }

  /** What buttons and keys do. */
  commands() {
    const { player } = this;
    return {
      play: () => player.play(),
      pause: () => player.pause(),
      toggle: () => player.toggle(),
      step: (/** @type {number} */ count) => player.move(count),
      restart: () => player.restart(),
      seek: (/** @type {number} */ step) => player.seek(step),
    };
  }

  /** Plays, or rests at `step`, or at the end for those who asked for no motion. @param {number|null} step @param {number} end */
  begin(step, end) {
    if (step !== null) this.player.aim(step);
    else if (prefersReducedMotion()) this.player.aim(end);
    else this.player.play();
  }

  /** Where the player rests, null where it plays or is at the end. */
  resting() {
    const { step, last, playing } = this.player;
    return !playing && step < last ? Math.floor(step) : null;
  }

  /** Moves no more. */
  stop() {
    this.player.pause();
    cancelAnimationFrame(this.frame);
    // Who asks now has to wait for ever.
    this.frame = -1;
  }

  /** Asks for the next frame. */
  ask() {
    this.frame ||= requestAnimationFrame((now) => {
      this.frame = 0;
      this.moveOn(now);
      this.onFrame();
    });
  }

  /** @param {number} now */
  moveOn(now) {
    if (this.player.playing && now - this.moved < UNHURRIED && this.waits()) {
      this.ask();
      return;
    }
    this.moved = now;
    this.player.frame(now);
  }
}
