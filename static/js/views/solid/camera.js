// @ts-check
/** From a point in the scene to the screen: 4 x 4 matrices, column-major as in WebGL. Pure. */

/** @typedef {ArrayLike<number>} Matrix */

/** a times b. @param {Matrix} a @param {Matrix} b @returns {number[]} */
function multiply(a, b) {
  const product = new Array(16).fill(0);
  for (let column = 0; column < 4; column += 1) {
    for (let row = 0; row < 4; row += 1) {
      for (let k = 0; k < 4; k += 1) product[column * 4 + row] += a[k * 4 + row] * b[column * 4 + k];
    }
  }
  return product;
}

/** The matrix that stretches each axis. @param {ArrayLike<number>} scale */
function scaling(scale) {
  return [scale[0], 0, 0, 0, 0, scale[1], 0, 0, 0, 0, scale[2], 0, 0, 0, 0, 1];
}

/**
 * What turns data into clip space, and where the eye is in the data's units.
 * @param {{projection: Matrix, view: Matrix, model: Matrix, scale: ArrayLike<number>}} matrices
 */
export function cameraOf({ projection, view, model, scale }) {
  const toEye = multiply(view, multiply(model, scaling(scale)));
  return { matrix: multiply(projection, toEye), eye: eyeOf(toEye) };
}

/** The point that a rigid-plus-scale matrix sends to the origin: solves A e = -b by Cramer's rule. @param {Matrix} m @returns {number[]} */
function eyeOf(m) {
  const a = [m[0], m[1], m[2]];
  const b = [m[4], m[5], m[6]];
  const c = [m[8], m[9], m[10]];
  const d = [-m[12], -m[13], -m[14]];
  const whole = determinant(a, b, c);
  return [determinant(d, b, c) / whole, determinant(a, d, c) / whole, determinant(a, b, d) / whole];
}

/** @param {number[]} a @param {number[]} b @param {number[]} c */
function determinant(a, b, c) {
  return a[0] * (b[1] * c[2] - b[2] * c[1]) - a[1] * (b[0] * c[2] - b[2] * c[0]) + a[2] * (b[0] * c[1] - b[1] * c[0]);
}

/**
 * Writes the place of a point on a screen of width x height into `spot`; NaN behind the eye.
 * @param {Matrix} m @param {{x: number, y: number}} spot
 */
export function toScreen(m, /** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z, /** @type {number} */ width, /** @type {number} */ height, spot) {
  const w = m[3] * x + m[7] * y + m[11] * z + m[15];
  const across = (m[0] * x + m[4] * y + m[8] * z + m[12]) / w;
  const up = (m[1] * x + m[5] * y + m[9] * z + m[13]) / w;
  spot.x = w > 0 ? 0.5 * (1 + across) * width : NaN;
  spot.y = 0.5 * (1 - up) * height;
}
