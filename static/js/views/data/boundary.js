// @ts-check
/** What a model says of every place of the plane: the borders between its classes, and its word at a place. Pure. */

/**
 * The predictions of one optimizer, row by row from the lowest y. levels: 255 times the probability of class 1 where
 * there are two classes, else of the most probable one, which `classes` then names.
 * @typedef {{columns: number, rows: number, levels: ArrayLike<number>, classes: ArrayLike<number>|null}} Sheet
 */

const HALF = 127.5;
const LEAST = 1e-3; // lead of a class where the levels do not tell: its border is drawn half way

/** @typedef {[number, number]} Place  column and row of a sample */

/** The class that the model says at a sample. @param {Sheet} sheet @param {number} at */
function classAt(sheet, at) {
  return sheet.classes ? sheet.classes[at] : Number(sheet.levels[at] > HALF);
}

/** How far from one sample to its neighbour the class changes, 0 to 1. @param {Sheet} sheet @param {Place} from @param {Place} to */
function changeBetween(sheet, from, to) {
  const [a, b] = [from, to].map(([x, y]) => sheet.levels[y * sheet.columns + x]);
  if (!sheet.classes) {
    const [lead, rival] = [a, b].map((level) => Math.max(LEAST, Math.abs(level / HALF - 1)));
    return lead / (lead + rival);
  }
  const slope = slopeAt(sheet, from, to) + slopeAt(sheet, to, from);
  return slope < 0 ? Math.max(0, Math.min(1, (b + slopeAt(sheet, to, from) - a) / slope)) : 0.5;
}

/** By how much the level rises with each sample on the way to the border: as it did before, while the class was the same. @param {Sheet} sheet @param {Place} at @param {Place} next */
function slopeAt({ columns, rows, levels, classes }, [x, y], next) {
  const before = [2 * x - next[0], 2 * y - next[1]];
  if (before[0] < 0 || before[1] < 0 || before[0] >= columns || before[1] >= rows) return 0;
  const [here, there] = [y * columns + x, before[1] * columns + before[0]];
  return classes?.[here] === classes?.[there] ? levels[here] - levels[there] : 0;
}

/**
 * The lines where the most probable class changes, as segments x1, y1, x2, y2 in samples from the lowest corner.
 * On each side of a cell whose ends differ, the border is where P is 1/2 by straight interpolation; of more than two
 * classes, where the levels meet that go on as they did up to both ends. Two such places in a cell are joined, three or
 * four meet in their middle.
 * @param {Sheet} sheet @returns {number[]}
 */
export function borders(sheet) {
  /** @type {number[]} */
  const segments = [];
  const said = Array.from({ length: sheet.columns * sheet.rows }, (_, at) => classAt(sheet, at));
  for (let y = 0; y + 1 < sheet.rows; y += 1) {
    for (let x = 0; x + 1 < sheet.columns; x += 1) {
      const at = y * sheet.columns + x;
      const one = said[at];
      const same = one === said[at + 1] && one === said[at + sheet.columns] && one === said[at + sheet.columns + 1];
      if (!same) joinCell(segments, sheet, said, x, y);
    }
  }
  return segments;
}

/** Adds the borders inside a cell. @param {number[]} segments @param {Sheet} sheet @param {number[]} said */
function joinCell(segments, sheet, said, /** @type {number} */ x, /** @type {number} */ y) {
  /** @type {Place[]} */
  const corners = [[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1]];
  /** @type {number[][]} */
  const cuts = [];
  corners.forEach((from, side) => {
    const to = corners[(side + 1) % 4];
    const [a, b] = [from[1] * sheet.columns + from[0], to[1] * sheet.columns + to[0]];
    if (said[a] === said[b]) return;
    const part = changeBetween(sheet, from, to);
    cuts.push([from[0] + part * (to[0] - from[0]), from[1] + part * (to[1] - from[1])]);
  });
  if (cuts.length === 2) segments.push(...cuts[0], ...cuts[1]);
  else {
    const middle = [0, 1].map((axis) => cuts.reduce((sum, cut) => sum + cut[axis], 0) / cuts.length);
    for (const cut of cuts) segments.push(...cut, ...middle);
  }
}

/**
 * What the model says at a place, in samples from the lowest corner: the nearest sample's class where there are more
 * than two, and its probability; for two classes the probability of class 1, interpolated.
 * @param {Sheet} sheet @param {number} x @param {number} y @returns {{label: number, probability: number}}
 */
export function wordAt(sheet, x, y) {
  const { columns, rows, levels, classes } = sheet;
  const near = Math.max(0, Math.min(rows - 1, Math.round(y))) * columns + Math.max(0, Math.min(columns - 1, Math.round(x)));
  if (classes) return { label: classes[near], probability: levels[near] / 255 };
  const left = Math.max(0, Math.min(columns - 2, Math.floor(x)));
  const low = Math.max(0, Math.min(rows - 2, Math.floor(y)));
  const [across, up] = [x - left, y - low];
  const at = low * columns + left;
  const bottom = levels[at] + across * (levels[at + 1] - levels[at]);
  const top = levels[at + columns] + across * (levels[at + columns + 1] - levels[at + columns]);
  return { label: 1, probability: Math.max(0, Math.min(1, (bottom + up * (top - bottom)) / 255)) };
}
