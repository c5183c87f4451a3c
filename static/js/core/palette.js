// @ts-check
/** Colours, dashes and markers of the optimizers, and the colours of the page, as every view and control uses them. */

export const SLOTS = 8;

/** Canvas dash patterns, one per slot: the second channel beside colour. @type {readonly (readonly number[])[]} */
const DASHES = [[], [10, 4], [2, 3], [12, 3, 2, 3], [6, 3], [16, 4, 4, 4], [8, 3, 2, 3, 2, 3], [4, 2]];

/** Plotly's names, each also drawn by the canvas. @type {readonly string[]} */
const MARKERS = ['circle', 'square', 'diamond', 'triangle-up', 'cross', 'triangle-down', 'star', 'hexagon'];

/** @type {Map<string, string>} */
const colours = new Map();
let theme = '';

/** What decides the resolved colours: the chosen theme and the system's. */
function currentTheme() {
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  return `${document.documentElement.dataset.theme ?? ''}/${dark}`;
}

/** Whether the dark theme is on, by choice or by the system. */
export function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
}

/** The resolved value of a colour token, e.g. `token('--ink')`. @param {string} name */
export function token(name) {
  const now = currentTheme();
  if (now !== theme) {
    colours.clear();
    theme = now;
  }
  let value = colours.get(name);
  if (value === undefined) {
    value = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    colours.set(name, value);
  }
  return value;
}

/** Resolved colour of a slot, for canvas and Plotly. @param {number} slot */
export function colourOf(slot) {
  return token(`--path-${slot % SLOTS}`);
}

/** Colour of a slot for a style property; follows the theme by itself. @param {number} slot */
export function colourVar(slot) {
  return `var(--path-${slot % SLOTS})`;
}

/** Dash pattern in CSS pixels, `[]` for a solid line. @param {number} slot @returns {number[]} */
export function dashOf(slot) {
  return [...DASHES[(slot + Math.floor(slot / SLOTS)) % SLOTS]];
}

/** Plotly's name of the marker. @param {number} slot */
export function markerOf(slot) {
  return MARKERS[(slot + Math.floor(slot / SLOTS)) % SLOTS];
}

/** The field's colours, from the lowest loss to the highest. @returns {string[]} */
export function fieldScale() {
  return Array.from({ length: 9 }, (_, index) => token(`--field-${index}`));
}
