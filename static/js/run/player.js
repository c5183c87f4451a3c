// @ts-check
/** The animation clock: which step is shown. Knows no page; `frame` is given the time by whoever draws. */

export const STEPS_PER_SECOND = 60;

export class Player {
  /** @param {() => void} onChange  called whenever the step or the state changes */
  constructor(onChange) {
    this.onChange = onChange;
    this.step = 0;
    this.last = 0;
    this.speed = 1;
    this.playing = false;
    /** Whether more steps may still arrive behind the last one. */
    this.growing = false;
    /** Where the user left the playhead, also while the race is shorter than that. */
    this.wanted = 0;
    /** Time of the previous frame, in ms. @type {number|null} */
    this.before = null;
  }

  /**
   * The last step that can be shown, and whether more will come; what plays moves on with that to the time `now`, in ms.
   * @param {number} last @param {boolean} growing @param {number|null} [now]
   */
  setLast(last, growing, now = null) {
    this.growing = growing;
    this.last = last;
    if (this.playing && now !== null) this.frame(now);
    else this.place(this.wanted);
  }

  play() {
    if (this.step >= this.last && !this.growing) this.wanted = 0;
    this.playing = true;
    this.before = null;
    this.place(this.wanted);
  }

  pause() {
    if (!this.playing) return;
    this.playing = false;
    // The whole step that is shown: rounding up would move on once more after the click.
    this.seek(Math.floor(this.step));
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  /** @param {number} step */
  seek(step) {
    this.wanted = Math.max(0, Math.min(this.last, step));
    this.place(this.wanted);
  }

  /** Rests at `step` as soon as the race has come so far. @param {number} step */
  aim(step) {
    this.wanted = step;
    this.place(step);
  }

  /** Stops, and moves by whole steps. @param {number} count */
  move(count) {
    this.pause();
    this.seek(Math.floor(this.step) + count);
  }

  restart() {
    this.seek(0);
  }

  /** Moves on to the time `now`. @param {number} now  ms */
  frame(now) {
    if (!this.playing) return;
    // A tab that was hidden comes back where it was, not minutes later.
    const passed = this.before === null ? 0 : Math.max(0, Math.min(now - this.before, 100));
    this.before = Math.max(now, this.before ?? now);
    this.wanted = Math.min(this.last, this.step + (passed / 1000) * STEPS_PER_SECOND * this.speed);
    if (this.wanted >= this.last && !this.growing) this.playing = false;
    this.place(this.wanted);
  }

  /** @param {number} step */
  place(step) {
    this.step = Math.min(step, this.last);
    this.onChange();
  }
}
