// @ts-check
/** Small helpers over the DOM. Text is always set as text, never as markup. */

const SVG = 'http://www.w3.org/2000/svg';
const MATHML = 'http://www.w3.org/1998/Math/MathML';
/** Width of a `\\quad`, in em. */
const WIDE = 1;
const MATH_TAGS = new Set(
  `math mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle mpadded mphantom mfenced menclose msub msup msubsup
   munder mover munderover mtable mtr mtd`.split(/\s+/),
);
const MATH_ATTRIBUTES = new Set(
  `display displaystyle stretchy fence form separator accent accentunder mathvariant linethickness lspace rspace
   minsize maxsize largeop movablelimits symmetric width columnalign`.split(/\s+/),
);

/**
 * @typedef {Node|string|null|undefined|false} Child
 * @typedef {Record<string, any>} Props  `class`, `text`, `on: {event: listener}`, `data: {}`; the rest are attributes
 */

/** @param {Element} el @param {Props} props @param {Child[]} children */
function fill(el, props, children) {
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'text') el.textContent = String(value);
    else if (name === 'on') Object.entries(value).forEach(([event, heard]) => el.addEventListener(event, heard));
    else if (name === 'data') Object.assign(/** @type {HTMLElement} */ (el).dataset, value);
    else el.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children) if (child || child === '') el.append(child);
}

/**
 * An element with attributes, listeners and children.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag @param {Props} [props] @param {...Child} children @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, props = {}, ...children) {
  const el = document.createElement(tag);
  fill(el, props, children);
  return el;
}

/**
 * The same for SVG.
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} tag @param {Props} [props] @param {...Child} children @returns {SVGElementTagNameMap[K]}
 */
export function s(tag, props = {}, ...children) {
  const el = document.createElementNS(SVG, tag);
  fill(el, props, children);
  return el;
}

/** The element with this id, which must be there. @param {ParentNode} root @param {string} id @returns {HTMLElement} */
export function byId(root, id) {
  const el = root.querySelector(`#${id}`);
  if (!(el instanceof HTMLElement)) throw new Error(`the page has no element #${id}`);
  return el;
}

/** Writes only a text that differs. @param {Element} el @param {string} text */
export function setText(el, text) {
  if (el.textContent !== text) el.textContent = text;
}

/** Writes only an attribute that differs; null removes it. @param {Element} el @param {string} name @param {string|null} value */
export function setAttribute(el, name, value) {
  if (value === null) {
    if (el.hasAttribute(name)) el.removeAttribute(name);
  } else if (el.getAttribute(name) !== value) el.setAttribute(name, value);
}

/** @param {HTMLElement} el @param {boolean} hidden */
export function setHidden(el, hidden) {
  if (el.hidden !== hidden) el.hidden = hidden;
}

/** @param {HTMLElement} root @param {string} selector @returns {HTMLElement[]} */
export function all(root, selector) {
  return /** @type {HTMLElement[]} */ ([...root.querySelectorAll(selector)]);
}

let ids = 0;

/** An id that no other element has. @param {string} prefix */
export function uniqueId(prefix) {
  ids += 1;
  return `${prefix}-${ids}`;
}

/**
 * MathML text as elements, known tags and attributes only: one for each part that a wide space sets apart, because
 * browsers do not break a formula that is too long.
 * @param {string} text @returns {Element[]}
 */
export function mathLines(text) {
  const parsed = new DOMParser().parseFromString(text, 'text/html').body.querySelector('math');
  if (!parsed) return [];
  const parts = (parsed.children.length === 1 ? parsed.children[0] : parsed).children;
  /** @type {Element[][]} */
  const lines = [[]];
  for (const part of parts) {
    if (part.localName === 'mspace' && parseFloat(part.getAttribute('width') ?? '0') >= WIDE) lines.push([]);
    else lines[lines.length - 1].push(part);
  }
  return lines.filter((line) => line.length > 0).map((line) => {
    const math = document.createElementNS(MATHML, 'math');
    math.setAttribute('display', 'block');
    math.append(...line.map(copyMath));
    return math;
  });
}

/** @param {Element} from @returns {Element} */
function copyMath(from) {
  const to = document.createElementNS(MATHML, MATH_TAGS.has(from.localName) ? from.localName : 'mrow');
  for (const { name, value } of from.attributes) if (MATH_ATTRIBUTES.has(name)) to.setAttribute(name, value);
  for (const child of from.childNodes) {
    if (child instanceof Element) to.append(copyMath(child));
    else if (child.nodeType === Node.TEXT_NODE) to.append(child.textContent ?? '');
  }
  return to;
}
