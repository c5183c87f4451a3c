// @ts-check
/** Where every weight of a network stands in its picture. Pure. Lengths of blocks are in cells, one cell a weight. */

/** @typedef {{name: string, shape: number[], values: ArrayLike<number>[]}} Tensor  values per optimizer */

/** A rectangle of cells: `first` is its first weight's place in the flat tensor. @typedef {{tensor: Tensor, x: number, y: number, columns: number, rows: number, first: number}} Tile */

/** A layer. @typedef {{title: string, tensors: Tensor[], width: number, height: number, tiles: Tile[]}} Block */

/** @typedef {{block: Block, left: number, top: number}} Placed */
/** @typedef {{cell: number, height: number, places: Placed[]}} Flow */

const TITLE = 17; // px over a block
const GAP = 16; // px between blocks
const BETWEEN = 0.5; // cells between a layer's tiles
const LARGEST = 30; // px of a cell
const SMALLEST = 0.5; // px of a cell
const LETTER = 6.4; // px, about, of a title

/** The layers of a network, weight and bias together. @param {Tensor[]} tensors @param {number[]} input shape of one input @returns {Block[]} */
export function blocksOf(tensors, input) {
  /** @type {Map<string, Tensor[]>} */
  const layers = new Map();
  for (const tensor of tensors) {
    const layer = tensor.name.slice(0, Math.max(0, tensor.name.lastIndexOf('.'))) || tensor.name;
    layers.set(layer, [...(layers.get(layer) ?? []), tensor]);
  }
  return [...layers].map(([title, [weight, bias]], index) => {
    if (weight.shape.length === 4) return filterBlock(title, weight, bias);
    const picture = index === 0 && input.length === 2 && weight.shape[1] === input[0] * input[1];
    return picture ? pictureBlock(title, weight, bias, input) : matrixBlock(title, weight, bias);
  });
}

/** Rows are units, columns inputs, the bias beside them. @param {string} title @param {Tensor} weight @param {Tensor|undefined} bias @returns {Block} */
function matrixBlock(title, weight, bias) {
  const [rows, columns] = weight.shape.length > 1 ? weight.shape : [weight.shape[0] ?? 1, 1];
  const tiles = [{ tensor: weight, x: 0, y: 0, columns, rows, first: 0 }];
  if (bias) tiles.push({ tensor: bias, x: columns + BETWEEN, y: 0, columns: 1, rows, first: 0 });
  return blockOf(title, [weight, bias], tiles);
}

/** A line for each filter: an image for every map that it reads, and its bias; lines in columns, about as wide as high. @param {string} title @param {Tensor} weight @param {Tensor|undefined} bias @returns {Block} */
function filterBlock(title, weight, bias) {
  const [filters, maps, high, wide] = weight.shape;
  /** @type {Tile[]} */
  const tiles = [];
  const line = maps * (wide + BETWEEN) + 1 + 3 * BETWEEN;
  const lines = Math.ceil(filters / Math.ceil(Math.sqrt((filters * (high + BETWEEN)) / line)));
  for (let filter = 0; filter < filters; filter += 1) {
    const left = Math.floor(filter / lines) * line;
    const y = (filter % lines) * (high + BETWEEN);
    for (let map = 0; map < maps; map += 1) {
      const first = (filter * maps + map) * high * wide;
      tiles.push({ tensor: weight, x: left + map * (wide + BETWEEN), y, columns: wide, rows: high, first });
    }
    if (bias) tiles.push({ tensor: bias, x: left + maps * (wide + BETWEEN), y, columns: 1, rows: 1, first: filter });
  }
  return blockOf(title, [weight, bias], tiles);
}

/** The weights of each unit as an image of the picture that it reads, its bias beside it. @param {string} title @param {Tensor} weight @param {Tensor|undefined} bias @param {number[]} input @returns {Block} */
function pictureBlock(title, weight, bias, [high, wide]) {
  const units = weight.shape[0];
  const across = Math.ceil(Math.sqrt(units));
  /** @type {Tile[]} */
  const tiles = [];
  for (let unit = 0; unit < units; unit += 1) {
    const x = (unit % across) * (wide + 1 + 3 * BETWEEN);
    const y = Math.floor(unit / across) * (high + 2 * BETWEEN);
    tiles.push({ tensor: weight, x, y, columns: wide, rows: high, first: unit * high * wide });
    if (bias) tiles.push({ tensor: bias, x: x + wide + BETWEEN, y, columns: 1, rows: 1, first: unit });
  }
  return blockOf(title, [weight, bias], tiles);
}

/** @param {string} title @param {(Tensor|undefined)[]} tensors @param {Tile[]} tiles @returns {Block} */
function blockOf(title, tensors, tiles) {
  return {
    title, tensors: tensors.filter((tensor) => tensor !== undefined), tiles,
    width: Math.max(...tiles.map((tile) => tile.x + tile.columns)),
    height: Math.max(...tiles.map((tile) => tile.y + tile.rows)),
  };
}

/** The blocks in lines from left to right, with cells of a given size. @param {Block[]} blocks @param {number} width @param {number} cell @returns {Flow} */
export function flow(blocks, width, cell) {
  let [left, top, line] = [0, 0, 0];
  const places = blocks.map((block) => {
    const across = Math.max(block.width * cell, block.title.length * LETTER);
    if (left > 0 && left + across > width) [left, top, line] = [0, top + line + GAP / 2, 0];
    const place = { block, left, top: top + TITLE };
    left += across + GAP;
    line = Math.max(line, TITLE + block.height * cell);
    return place;
  });
  return { cell, height: top + line, places };
}

/** The largest cells with which all blocks have room. @param {Block[]} blocks @param {number} width @param {number} height @returns {Flow} */
export function fitFlow(blocks, width, height) {
  const widest = Math.max(1, ...blocks.map((block) => block.width));
  let cell = Math.min(LARGEST, width / widest);
  while (cell > SMALLEST && flow(blocks, width, cell).height > height) cell = Math.max(SMALLEST, cell - Math.max(0.25, cell / 16));
  return flow(blocks, width, cell);
}

/** The weight under a place of the picture: its tensor and its place in there. @param {Flow} found @param {number} x @param {number} y */
export function weightAt({ places, cell }, x, y) {
  for (const { block, left, top } of places) {
    for (const tile of block.tiles) {
      const column = Math.floor((x - left) / cell - tile.x);
      const row = Math.floor((y - top) / cell - tile.y);
      if (column < 0 || row < 0 || column >= tile.columns || row >= tile.rows) continue;
      return { tensor: tile.tensor, at: tile.first + row * tile.columns + column };
    }
  }
  return null;
}

/** `name[i, j]` of a place in the flat tensor. @param {Tensor} tensor @param {number} at */
export function weightName({ name, shape }, at) {
  let rest = at;
  const index = [...shape].reverse().map((side) => {
    const place = rest % side;
    rest = Math.floor(rest / side);
    return place;
  });
  return `${name}[${index.reverse().join(', ')}]`;
}
