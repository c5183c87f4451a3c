// @ts-check
/** Pointers on the field: drag pans, two fingers and the wheel zoom, a click points, a double click resets. */

/**
 * @typedef {Object} Actions  Places are pixels inside the element.
 * @property {(dx: number, dy: number) => void} pan
 * @property {(x: number, y: number, factor: number) => void} zoom  factor below 1: closer
 * @property {(x: number, y: number) => void} click
 * @property {() => void} reset
 * @property {(x: number, y: number) => void} hover
 * @property {() => void} leave
 * @property {() => boolean} awaitDouble  whether a click has to wait for a possible second one
 */

const SLOP = 4; // px that a click may move
const DOUBLE = 260; // ms
const WHEEL = 0.0016; // zoom per pixel of wheel
const LINE = 16; // px of a wheel line
const MOST = 0.6; // largest zoom of a single wheel event, as a logarithm

/** @param {HTMLElement} el @param {Actions} actions */
export function listenToGestures(el, actions) {
  const place = (/** @type {MouseEvent} */ event) => {
    const box = el.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  listenToWheel(el, actions, place);
  listenToPointers(el, actions, place);
  el.addEventListener('pointerleave', () => actions.leave());
}

/** @typedef {{x: number, y: number}} Place */

/** @param {HTMLElement} el @param {Actions} actions @param {(event: MouseEvent) => Place} place */
function listenToWheel(el, actions, place) {
  const turn = (/** @type {WheelEvent} */ event) => {
    event.preventDefault();
    const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1);
    const strength = event.ctrlKey ? 6 * WHEEL : WHEEL; // a pinch on a touch pad arrives as a small ctrl + wheel
    const { x, y } = place(event);
    actions.zoom(x, y, Math.exp(Math.max(-MOST, Math.min(MOST, pixels * strength))));
  };
  el.addEventListener('wheel', turn, { passive: false });
}

/** @param {HTMLElement} el @param {Actions} actions @param {(event: MouseEvent) => Place} place */
function listenToPointers(el, actions, place) {
  /** @type {Map<number, Place>} */
  const held = new Map();
  const clicks = createClicks(actions);
  let moved = 0;
  el.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    el.setPointerCapture(event.pointerId);
    if (held.size === 0) moved = 0;
    held.set(event.pointerId, place(event));
    if (held.size > 1) moved = Infinity;
  });
  el.addEventListener('pointermove', (event) => {
    const now = place(event);
    const before = held.get(event.pointerId);
    if (!before) return actions.hover(now.x, now.y);
    moved += Math.hypot(now.x - before.x, now.y - before.y);
    if (moved <= SLOP) return undefined;
    const others = [...held].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    if (others.length > 0) pinch(actions, others[0], before, now);
    else actions.pan(now.x - before.x, now.y - before.y);
    held.set(event.pointerId, now);
    return undefined;
  });
  el.addEventListener('pointerup', (event) => {
    if (held.delete(event.pointerId) && moved <= SLOP) clicks(place(event));
  });
  el.addEventListener('pointercancel', (event) => held.delete(event.pointerId));
}

/** Moves and zooms so that both fingers keep what is under them. @param {Actions} actions @param {Place} still @param {Place} before @param {Place} now */
function pinch(actions, still, before, now) {
  const distance = (/** @type {Place} */ at) => Math.max(8, Math.hypot(at.x - still.x, at.y - still.y));
  actions.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
  actions.zoom((still.x + now.x) / 2, (still.y + now.y) / 2, distance(before) / distance(now));
}

/** Tells clicks from double clicks. @param {Actions} actions */
function createClicks(actions) {
  let timer = 0;
  return (/** @type {Place} */ at) => {
    if (timer) {
      clearTimeout(timer);
      timer = 0;
      actions.reset();
    } else if (actions.awaitDouble()) {
      timer = window.setTimeout(() => {
        timer = 0;
        actions.click(at.x, at.y);
      }, DOUBLE);
    } else {
      actions.click(at.x, at.y);
    }
  };
}
