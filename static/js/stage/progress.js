// @ts-check
/** How far the plane on the stage is: the run, then the plane, then its field. */
import { say } from '../core/words.js';

/** Shares of the bar. */
const RUN = 0.5;
const PLANE = 0.6;

export class Progress {
  /** @param {HTMLElement} host */
  constructor(host) {
    this.el = document.createElement('div');
    this.el.className = 'stage-progress';
    this.el.setAttribute('role', 'progressbar');
    this.el.setAttribute('aria-label', say('stage.progress'));
    this.el.setAttribute('aria-valuemin', '0');
    this.el.setAttribute('aria-valuemax', '100');
    this.el.hidden = true;
    host.append(this.el);
  }

  /** @param {number} part of the run that has arrived */
  run(part) {
    this.set(RUN * part);
  }

  /** The run is there, and its plane is asked for. */
  plane() {
    this.set(RUN);
  }

  /** @param {number} part of the field's samples */
  field(part) {
    this.set(PLANE + (1 - PLANE) * part);
  }

  hide() {
    this.el.hidden = true;
  }

  /** @param {number} part */
  set(part) {
    this.el.hidden = false;
    this.el.setAttribute('aria-valuenow', String(Math.round(100 * part)));
    this.el.style.setProperty('--part', part.toFixed(3));
  }
}
