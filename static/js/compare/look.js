// @ts-check
/** How both sides are looked at together: tab, curves and speed. What nobody has chosen is as the links ask, the left first. */
import { writeScale } from '../state/viewdocument.js';
import { initialView } from '../state/view.js';
import { knownTab } from './bars.js';

/** @typedef {import('../core/types.js').View} View */
/** @typedef {Partial<Pick<View, 'tab'|'curve'|'log'|'speed'>>} Said */

/** The part of a view that both sides share. @param {Partial<View>} view @returns {Said} */
function shared({ tab, curve, log, speed }) {
  return { ...(tab && knownTab(tab) && { tab }), ...(curve && { curve }), ...(log && { log }), ...(speed && { speed }) };
}

export class Look {
  constructor() {
    /** @type {Said} */
    this.said = {};
  }

  /** From an address of the page. @param {Partial<View>} view */
  read(view) {
    this.said = shared(view);
  }

  /** @param {Partial<View>[]} asked  by the link of the left and of the right */
  adopt([left, right]) {
    this.said = { ...shared(right), ...shared(left), ...this.said };
  }

  /** @param {Said} chosen */
  choose(chosen) {
    this.said = { ...this.said, ...chosen };
  }

  /** Empty: the usual one of each side. */
  get tab() {
    return this.said.tab ?? '';
  }

  get curve() {
    return this.said.curve ?? initialView().curve;
  }

  get log() {
    return this.said.log ?? initialView().log;
  }

  /** As an address of the page says it. @returns {Record<string, string>} */
  words() {
    const { tab, curve, log, speed } = this.said;
    return { ...(tab && { view: tab }), ...(curve && { curve }), ...(log && { log: writeScale(log) }), ...(speed && { speed: String(speed) }) };
  }
}
