// @ts-check
/**
 * A video of the stage: field, hill and axes are taken once, and what moves, pictures and words, is copied over them at
 * every frame.
 * Recording runs in real time, as browsers record what they show.
 */

import { colourOf, token } from '../core/palette.js';
import { say } from '../core/words.js';

/** @typedef {import('../core/types.js').Style} Style */
/** @typedef {(context: CanvasRenderingContext2D) => void} Paint */
/** What is recorded. @typedef {{labels: string[], styles: Style[], steps: number, seconds: number, seek: (step: number) => void}} Recording */

const TYPES = ['video/webm;codecs=vp9', 'video/webm;codecs=vp8', 'video/webm'];
const RATE = 30; // frames a second
const BITS = 6_000_000; // a second
const FOOT = 36; // px under the stage, for names and the step
const LAST = 800; // ms that the end stays

/** Whether this browser can record a canvas. */
export function canRecord() {
  const able = typeof MediaRecorder === 'function' && 'captureStream' in HTMLCanvasElement.prototype;
  return able && TYPES.some((type) => MediaRecorder.isTypeSupported(type));
}

/** Where an element lies in the stage. @param {Element} el @param {DOMRect} frame */
function placeOf(el, frame) {
  const { left, top, width, height } = el.getBoundingClientRect();
  return { x: left - frame.left, y: top - frame.top, width, height };
}

/** @param {SVGElement} svg @returns {Promise<HTMLImageElement>} */
async function imageOf(svg) {
  const text = new XMLSerializer().serializeToString(svg);
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  await image.decode();
  URL.revokeObjectURL(image.src);
  return image;
}

/** A copy, as a canvas of WebGL is empty once it was shown. @param {HTMLCanvasElement} canvas */
function copyOf(canvas) {
  const copy = document.createElement('canvas');
  [copy.width, copy.height] = [canvas.width, canvas.height];
  copy.getContext('2d')?.drawImage(canvas, 0, 0);
  return copy;
}

/** What stands still, in the order in which it lies over each other. @param {HTMLElement} stage @param {() => void} redraw @returns {Promise<Paint[]>} */
async function stillsOf(stage, redraw) {
  const frame = stage.getBoundingClientRect();
  redraw();
  const found = [...stage.querySelectorAll('.pane:not([hidden]) :is(svg.main-svg, .plot-scene canvas)')].map((el) => {
    const clip = el.closest('.plot-field');
    const picture = el instanceof HTMLCanvasElement ? copyOf(el) : imageOf(/** @type {SVGElement} */ (el));
    return { picture, at: placeOf(el, frame), clip: clip && placeOf(clip, frame) };
  });
  return Promise.all(found.map(async ({ picture, at, clip }) => {
    const image = await picture;
    return (/** @type {CanvasRenderingContext2D} */ context) => {
      context.save();
      if (clip) {
        context.beginPath();
        context.rect(clip.x, clip.y, clip.width, clip.height);
        context.clip();
      }
      context.drawImage(image, at.x, at.y, at.width, at.height);
      context.restore();
    };
  }));
}

/** @param {HTMLElement} stage @returns {Paint} */
function movingOf(stage) {
  const frame = stage.getBoundingClientRect();
  const found = [...stage.querySelectorAll('.pane:not([hidden]) :is(canvas.plot-canvas, .multiples canvas)')];
  return (context) => {
    for (const el of found) {
      // Small ones stand in lines of words, and move with them.
      const { x, y, width, height } = placeOf(el, frame);
      if (width > 0) context.drawImage(/** @type {HTMLCanvasElement} */ (el), x, y, width, height);
    }
  };
}

/** The letters under an element, but for choices that are not taken. @param {Element} el @returns {Text[]} */
function lettersOf(el) {
  const walker = document.createTreeWalker(el, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) found.push(/** @type {Text} */ (walker.currentNode));
  return found.filter(({ data, parentElement }) => data.trim() && !parentElement?.matches('.multiples-choice[aria-pressed="false"]'));
}

/** What stands over the panels of models, in letters that change. @param {HTMLElement} stage @returns {Paint} */
function wordsOf(stage) {
  const frame = stage.getBoundingClientRect();
  const found = [...stage.querySelectorAll('.pane:not([hidden]) :is(.multiples-words, .multiples-head, .multiples-score, .multiples-note)')];
  return (context) => {
    for (const letters of found.flatMap(lettersOf)) {
      const parent = /** @type {HTMLElement} */ (letters.parentElement);
      const range = document.createRange();
      range.selectNode(letters);
      const { left, top, height } = range.getBoundingClientRect();
      const at = placeOf(parent, frame);
      const { color, fontWeight, fontSize, fontFamily } = getComputedStyle(parent);
      context.save();
      context.beginPath();
      context.rect(at.x, at.y, at.width, at.height);
      context.clip();
      // The shorthand of its font is empty where digits are tabular.
      context.font = `${fontWeight} ${fontSize} ${fontFamily}`;
      [context.fillStyle, context.textBaseline, context.textAlign] = [color, 'middle', 'left'];
      context.fillText(letters.data, left - frame.left, top - frame.top + height / 2);
      context.restore();
    }
  };
}

/** Names in their colours, and the step. @param {Recording} recording @param {number} width @param {number} top @returns {(context: CanvasRenderingContext2D, step: number) => void} */
function footOf({ labels, styles, steps }, width, top) {
  const middle = top + FOOT / 2;
  return (context, step) => {
    context.font = `13px ${token('--font')}`;
    context.textBaseline = 'middle';
    context.textAlign = 'right';
    context.fillStyle = token('--ink-2');
    const words = (/** @type {number} */ now) => say('stage.video-step', { step: String(now), steps: String(steps) });
    context.fillText(words(Math.floor(step)), width - 12, middle);
    context.textAlign = 'left';
    const end = width - 24 - context.measureText(words(steps)).width;
    let x = 12;
    labels.forEach((label, index) => {
      const room = context.measureText(label).width + 32;
      if (styles[index]?.hidden || x + room > end) return;
      context.fillStyle = colourOf(styles[index]?.slot ?? index);
      context.fillRect(x, middle - 2, 12, 4);
      context.fillStyle = token('--ink');
      context.fillText(label, x + 18, middle);
      x += room;
    });
  };
}

/** @param {HTMLElement} stage @param {Recording} recording @param {() => void} redraw  of scenes @returns {Promise<{canvas: HTMLCanvasElement, paint: (step: number) => void}>} */
async function sceneOf(stage, recording, redraw) {
  const { clientWidth: width, clientHeight: height } = stage;
  const canvas = document.createElement('canvas');
  const ratio = Math.max(1, Math.min(2, devicePixelRatio));
  // Encoders want even sizes.
  [canvas.width, canvas.height] = [width, height + FOOT].map((side) => 2 * Math.round((side * ratio) / 2));
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  context.scale(ratio, ratio);
  const [stills, moving, words, foot] = [await stillsOf(stage, redraw), movingOf(stage), wordsOf(stage), footOf(recording, width, height)];
  const paint = (/** @type {number} */ step) => {
    context.fillStyle = token('--bg');
    context.fillRect(0, 0, width, height + FOOT);
    for (const still of stills) still(context);
    moving(context);
    words(context);
    foot(context, step);
  };
  return { canvas, paint };
}

/** The next frame of the page, at most `RATE` a second; rejects when `signal` says so. @param {AbortSignal} signal @returns {Promise<number>} */
export function nextFrame(signal) {
  return new Promise((resolve, reject) => {
    requestAnimationFrame((now) => (signal.aborted ? reject(signal.reason) : resolve(now)));
  });
}

/**
 * The race from its first step to its last. @param {HTMLElement} stage @param {Recording} recording @param {() => void} redraw
 * @param {AbortSignal} signal @param {(share: number) => void} onProgress @returns {Promise<Blob>}
 */
export async function record(stage, recording, redraw, signal, onProgress) {
  const { canvas, paint } = await sceneOf(stage, recording, redraw);
  const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
  const recorder = new MediaRecorder(canvas.captureStream(RATE), { mimeType, videoBitsPerSecond: BITS });
  /** @type {Blob[]} */
  const parts = [];
  recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
  const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve));
  recorder.start(1000);
  try {
    const begun = await nextFrame(signal);
    const whole = 1000 * recording.seconds;
    for (let passed = 0; passed < whole + LAST; passed = (await nextFrame(signal)) - begun) {
      const step = recording.steps * Math.min(1, passed / whole);
      recording.seek(step);
      paint(step);
      onProgress(passed / (whole + LAST));
    }
  } finally {
    recorder.stop();
  }
  await stopped;
  return new Blob(parts, { type: 'video/webm' });
}
