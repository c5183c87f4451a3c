// @ts-check
/** What surrounds the views: their tabs, the scales of the curves, the sentence that invites, the side rail. */

import { byId, h, setAttribute, setHidden, setText } from '../core/dom.js';
import { icon } from './icons.js';
import { createTabs } from './tabs.js';

/** @typedef {import('../core/types.js').Context} Context @typedef {import('../core/types.js').Model} Model */

const VIEWS = [{ id: '2d', title: '2D' }, { id: '3d', title: '3D' }, { id: 'both', title: 'Both' }];
const CURVES = [
  { id: 'loss', title: 'Loss' }, { id: 'gradient', title: 'Gradient norm', short: 'Gradient' }, { id: 'distance', title: 'Distance' },
  { id: 'rate', title: 'Learning rate', short: 'Rate' },
];

/** @param {HTMLElement} root @param {Context} context */
export function createStage(root, { changeView }) {
  const bar = byId(root, 'stage-bar');
  const stage = byId(root, 'stage');
  const tabs = createTabs(bar, 'view', 'stage', VIEWS, (tab) => changeView({ tab }));
  const invite = byId(root, 'invite');
  const accepted = () => invite.toggleAttribute('data-gone', true);
  stage.addEventListener('pointerdown', accepted);
  const update = (/** @type {Model} */ { view, experiment }) => {
    tabs.update(view.tab);
    setAttribute(stage, 'data-tab', view.tab);
    setAttribute(stage, 'aria-labelledby', `tab-${view.tab}`);
    const empty = experiment.optimizers.length === 0;
    setText(invite, empty ? 'Add an optimizer to see it move.' : 'Drag the start point: every path follows at once.');
    invite.toggleAttribute('data-empty', empty);
    if (empty) invite.removeAttribute('data-gone');
  };
  return { update };
}

/** @param {'x'|'y'} axis @param {string} title @param {() => void} act */
function createLog(axis, title, act) {
  return h('button', { class: 'toggle', type: 'button', 'aria-pressed': 'false', 'aria-label': title, title, on: { click: act } }, `log ${axis}`);
}

/** @param {HTMLElement} root @param {Context} context */
export function createCurveBar(root, { changeView }) {
  const bar = byId(root, 'curves-bar');
  const host = byId(root, 'curves');
  const tabs = createTabs(bar, 'curve', 'curves', CURVES, (curve) => changeView({ curve }));
  let log = { x: false, y: false };
  const x = createLog('x', 'logarithmic step axis', () => changeView({ log: { ...log, x: !log.x } }));
  const y = createLog('y', 'logarithmic value axis', () => changeView({ log: { ...log, y: !log.y } }));
  bar.append(h('div', { class: 'toggles' }, x, y));
  const update = (/** @type {Model} */ { view }) => {
    log = view.log;
    tabs.update(view.curve);
    setAttribute(host, 'aria-labelledby', `tab-${view.curve}`);
    setAttribute(x, 'aria-pressed', String(log.x));
    setAttribute(y, 'aria-pressed', String(log.y));
  };
  return { update };
}

/** The right rail folds away. @param {HTMLElement} root @param {Context} context */
export function createRail(root, { changeView }) {
  const rail = byId(root, 'results');
  let open = true;
  const button = h('button', {
    class: 'button-icon rail-toggle', type: 'button', 'aria-controls': 'results', 'aria-label': 'Curves and ranking', title: 'Curves and ranking',
    on: { click: () => changeView({ rail: !open }) },
  }, icon('panel'));
  byId(root, 'header-actions').append(button);
  const update = (/** @type {Model} */ { view }) => {
    open = view.rail;
    setAttribute(button, 'aria-expanded', String(open));
    setAttribute(document.body, 'data-rail', open ? 'open' : 'closed');
    setHidden(rail, false);
  };
  return { update };
}
