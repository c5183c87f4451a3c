// @ts-check
/** A canvas that lies over its host at the screen's own resolution. */

/**
 * @typedef {Object} Layer
 * @property {HTMLCanvasElement} el
 * @property {CanvasRenderingContext2D} context  in CSS pixels
 * @property {(width: number, height: number) => void} resize
 * @property {() => void} clear
 */

/** @param {string} name class of the canvas @returns {Layer} */
export function createLayer(name) {
  const el = document.createElement('canvas');
  el.className = name;
  const context = /** @type {CanvasRenderingContext2D} */ (el.getContext('2d'));
  return {
    el,
    context,
    resize(width, height) {
      const ratio = window.devicePixelRatio;
      el.width = Math.round(width * ratio);
      el.height = Math.round(height * ratio);
      el.style.width = `${width}px`;
      el.style.height = `${height}px`;
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
    },
    clear() {
      context.clearRect(0, 0, el.width, el.height);
    },
  };
}

/** Says in words what a layer shows. @param {Layer} layer @param {string} text */
export function describe(layer, text) {
  layer.el.setAttribute('role', 'img');
  layer.el.setAttribute('aria-label', text);
}

/** A new element with a class, inside a parent. @param {HTMLElement} parent @param {string} tag @param {string} name */
export function addElement(parent, tag, name) {
  const el = document.createElement(tag);
  el.className = name;
  parent.append(el);
  return el;
}

/** Calls `work` once at the next frame however often it is asked for; `.cancel()` forgets it. @param {() => void} work */
export function onNextFrame(work) {
  let frame = 0;
  const ask = () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      work();
    });
  };
  return Object.assign(ask, { cancel: () => cancelAnimationFrame(frame) });
}

/** Calls `work` when nothing has asked for it for `delay` ms; `.cancel()` forgets it. @param {() => void} work @param {number} delay */
export function afterRest(work, delay) {
  let timer = 0;
  const ask = () => {
    clearTimeout(timer);
    timer = window.setTimeout(work, delay);
  };
  return Object.assign(ask, { cancel: () => clearTimeout(timer) });
}
