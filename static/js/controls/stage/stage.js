// @ts-check
/** What surrounds the views: their tabs, the scales of the curves, the sentence that invites, the side rail. */

import { byId, h, setAttribute, setHidden, setText } from '../../core/dom.js';
import { say } from '../../core/words.js';
import { offeredOr, profileOf } from '../../state/profiles.js';
import { icon } from '../elements/icons.js';
import { createTabs, tabOf } from '../elements/tabs.js';
import { createPlaneChooser } from './plane.js';
import { createLogToggles } from './scales.js';

/** @typedef {import('../../core/types.js').Context} Context @typedef {import('../../core/types.js').Model} Model */

/** Where paths have a start that can be dragged, and where networks learn. */
const FIELD = { invite: say('stage.invite.surface'), empty: say('stage.empty.surface') };
const NETWORK = { invite: say('stage.invite.model'), empty: say('stage.empty.model') };

/** @param {HTMLElement} root @param {Context} context */
export function createStage(root, context) {
  const { catalog, changeView, views } = context;
  const bar = byId(root, 'stage-bar');
  const stage = byId(root, 'stage');
  const tabs = createTabs(bar, say('stage.tabs'), 'stage', (tab) => changeView({ tab }));
  const plane = createPlaneChooser(bar, context);
  const invite = byId(root, 'invite');
  const accepted = () => invite.toggleAttribute('data-gone', true);
  stage.addEventListener('pointerdown', accepted);
  const update = (/** @type {Model} */ model) => {
    const { view, experiment } = model;
    const profile = profileOf(catalog, experiment);
    tabs.offer(views.filter(({ id }) => profile.tabs.includes(id)));
    tabs.update(view.tab);
    const choosing = !profile.field && views.some(({ id, shows }) => id === view.tab && shows === 'paths');
    plane.update(model, choosing);
    setAttribute(stage, 'aria-labelledby', `tab-${view.tab}`);
    const empty = experiment.optimizers.length === 0;
    const words = profile.field ? FIELD : NETWORK;
    setText(invite, empty ? words.empty : words.invite);
    setAttribute(invite, 'data-kind', experiment.objective.kind);
    invite.toggleAttribute('data-crowded', choosing);
    invite.toggleAttribute('data-empty', empty);
    if (empty) invite.removeAttribute('data-gone');
  };
  return { update };
}

/** @param {HTMLElement} root @param {Context} context */
export function createCurveBar(root, { catalog, changeView }) {
  const bar = byId(root, 'curves-bar');
  const host = byId(root, 'curves');
  const tabs = createTabs(bar, say('curves.tabs'), 'curves', (curve) => changeView({ curve }));
  const toggles = createLogToggles((log) => changeView({ log }));
  bar.append(toggles.el);
  const update = (/** @type {Model} */ { view, experiment }) => {
    const { curves } = profileOf(catalog, experiment);
    tabs.offer(curves.map(tabOf));
    tabs.update(view.curve);
    setAttribute(host, 'aria-labelledby', `tab-${view.curve}`);
    toggles.update(view.log, offeredOr(curves, view.curve));
  };
  return { update };
}

/** The right rail folds away. @param {HTMLElement} root @param {Context} context */
export function createRail(root, { changeView }) {
  const rail = byId(root, 'results');
  let open = true;
  const button = h('button', {
    class: 'button-icon rail-toggle', type: 'button', 'aria-controls': 'results', 'aria-label': say('stage.rail'), title: say('stage.rail'),
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
