// @ts-check
/** Numbers and symbols as people read and type them. Pure. */
import texts from '../words/en.js';

const GREEK = {
  alpha: 'α', beta: 'β', gamma: 'γ', delta: 'δ', epsilon: 'ε', varepsilon: 'ε', zeta: 'ζ', eta: 'η', theta: 'θ',
  kappa: 'κ', lambda: 'λ', mu: 'μ', nu: 'ν', xi: 'ξ', pi: 'π', rho: 'ρ', sigma: 'σ', tau: 'τ', phi: 'φ', varphi: 'φ',
  chi: 'χ', psi: 'ψ', omega: 'ω', Delta: 'Δ', Lambda: 'Λ', Sigma: 'Σ', Phi: 'Φ', Omega: 'Ω', ell: 'ℓ', infty: '∞',
};
const SUBSCRIPTS = {
  0: '₀', 1: '₁', 2: '₂', 3: '₃', 4: '₄', 5: '₅', 6: '₆', 7: '₇', 8: '₈', 9: '₉', '+': '₊', '-': '₋', i: 'ᵢ', t: 'ₜ', n: 'ₙ',
};

/** Significant digits, trailing zeros kept so that columns align. @param {number} value @param {number} digits */
function significant(value, digits) {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e5)) return value.toExponential(digits - 1).replace('e+', 'e');
  const before = size < 1 ? 1 : Math.floor(Math.log10(size)) + 1;
  const leading = size === 0 || size >= 1 ? 0 : -Math.floor(Math.log10(size)) - 1;
  return value.toFixed(Math.max(0, Math.min(20, size < 1 ? digits + leading : digits - before)));
}

/** @param {string} text */
function trimZeros(text) {
  const [mantissa, exponent] = text.split('e');
  const short = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa;
  return exponent === undefined ? short : `${short}e${exponent}`;
}

/** @param {number} value */
function unusual(value) {
  if (Number.isNaN(value)) return texts['numbers.none'];
  return value > 0 ? '∞' : '−∞';
}

/** A number to read: 4 significant digits, no trailing zeros, a real minus. @param {number|null|undefined} value */
export function formatNumber(value, digits = 4) {
  if (value === null || value === undefined) return '–';
  if (!Number.isFinite(value)) return unusual(value);
  return value === 0 ? '0' : trimZeros(significant(value, digits)).replaceAll('-', '−');
}

/** A number for a column: trailing zeros kept. @param {number|null|undefined} value */
export function formatAligned(value, digits = 4) {
  if (value === null || value === undefined) return '–';
  if (!Number.isFinite(value)) return unusual(value);
  return value === 0 ? '0' : significant(value, digits).replaceAll('-', '−');
}

/** A whole number, in groups of three from 10,000 on. @param {number|null|undefined} value */
export function formatCount(value) {
  if (value === null || value === undefined) return '–';
  return Math.abs(value) < 10000 ? String(value) : value.toLocaleString('en-US');
}

/** A number for an entry, to be typed again: ASCII, 4 significant digits. @param {number} value */
export function formatEntry(value, digits = 4) {
  return value === 0 ? '0' : trimZeros(significant(value, digits));
}

/** Every digit of a number. @param {number} value */
export function formatExact(value) {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** `value` rounded to significant digits. @param {number} value @param {number} digits */
export function roundTo(value, digits) {
  return value === 0 ? 0 : Number(value.toPrecision(digits));
}

/**
 * What a person typed, as a number, or null if it is none: `1e-3`, `.5`, `−2`, `1,000`, `10^-3`, `1/3`.
 * @param {string} text @returns {number|null}
 */
export function parseNumber(text) {
  const clean = text.trim().replaceAll('−', '-').replace(/^10\^/, '1e').replace(/(\d),(?=\d{3}(\D|$))/g, '$1');
  const fraction = /^([-+.\deE]+)\s*\/\s*([-+.\deE]+)$/.exec(clean);
  if (fraction) return quotient(parsePlain(fraction[1]), parsePlain(fraction[2]));
  return parsePlain(clean);
}

/** @param {number|null} above @param {number|null} below */
function quotient(above, below) {
  return above === null || below === null || below === 0 ? null : above / below;
}

/** @param {string} text @returns {number|null} */
function parsePlain(text) {
  if (!/^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(text)) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

/** A LaTeX symbol as plain text: `\beta_1` is β₁. @param {string} latex */
export function formatSymbol(latex) {
  const letters = latex.replace(/\\([A-Za-z]+)\s*/g, (whole, name) => GREEK[/** @type {'pi'} */ (name)] ?? name);
  return letters
    .replace(/_\{?([\w+-]+)\}?/g, (whole, below) =>
      [...below].map((sign) => SUBSCRIPTS[/** @type {'t'} */ (sign)] ?? sign).join(''),
    )
    .replace(/[{}$]/g, '');
}
