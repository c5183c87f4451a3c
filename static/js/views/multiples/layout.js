// @ts-check
/** How many panels stand side by side. Pure. */

/**
 * What the panels of a view need. fit: how well a picture reads in width x height, more is better; least: what it must
 * reach, else the panels scroll; narrowest: the width of a panel that reads well enough then; tall, wide: the
 * height that a picture takes at some width, with `most` to have, and the width at some height.
 * @typedef {{fit: (width: number, height: number) => number, least: number, narrowest: number, tall: (width: number, most: number) => number,
 *   wide?: (height: number) => number}} Needs
 */

/** @typedef {{columns: number, width: number, height: number, scroll: boolean}} Arrangement  width, height: of a picture */

const GAP = 14; // px, as in modelviews.css
const NARROW = 300; // px of a panel's width below which its scores stand under its name
const NARROWEST = 136; // px that its scores need

/** @param {number} width of a panel */
export function isNarrow(width) {
  return width < NARROW;
}

/** The height of the words over a picture. @param {number} width */
export function headHeight(width) {
  return isNarrow(width) ? 42 : 26;
}

/**
 * The arrangement of `count` equal panels in which each reads best.
 * @param {number} count @param {number} width of all @param {number} height of all @param {Needs} needs @returns {Arrangement}
 */
export function arrange(count, width, height, needs) {
  const options = Array.from({ length: count }, (_, index) => {
    const columns = index + 1;
    const rows = Math.ceil(count / columns);
    const across = Math.floor((width - GAP * (columns - 1)) / columns);
    const up = Math.floor((height - GAP * (rows - 1)) / rows);
    return { columns, ...pictureIn(across, up, needs), scroll: false };
  }).filter((option) => option.width >= Math.min(NARROWEST, width) && option.height > 0);
  const worth = options.map((option) => needs.fit(option.width, option.height));
  const best = worth.lastIndexOf(Math.max(...worth));
  return worth[best] >= needs.least ? options[best] : scrolling(count, width, needs);
}

/** The size of a picture under its words, no larger than it makes use of. @param {number} across @param {number} up @param {Needs} needs */
function pictureIn(across, up, needs) {
  const size = (/** @type {number} */ words) => {
    const height = Math.min(up - words, Math.ceil(needs.tall(across, up - words)));
    return { height, width: Math.min(across, Math.max(NARROWEST, Math.ceil(needs.wide?.(height) ?? Infinity))) };
  };
  const flat = size(headHeight(Infinity));
  return isNarrow(flat.width) ? size(headHeight(0)) : flat;
}

/** @param {number} count @param {number} width @param {Needs} needs @returns {Arrangement} */
function scrolling(count, width, needs) {
  const columns = Math.max(1, Math.min(count, Math.floor((width + GAP) / (Math.max(NARROWEST, needs.narrowest) + GAP))));
  const across = Math.max(1, Math.floor((width - GAP * (columns - 1)) / columns));
  return { columns, width: across, height: Math.max(1, Math.ceil(needs.tall(across, Infinity))), scroll: true };
}
