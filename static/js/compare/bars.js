// @ts-check
/** What the page has around the stages: the line on top, and the tabs of the stages and of the curves. */
import { byId, h, setHidden } from '../core/dom.js';
import { createButton, createTheme } from '../controls/header.js';
import { createLogToggles } from '../controls/logtoggles.js';
import { createTabs } from '../controls/tabs.js';
import { CURVES, offeredOr } from '../state/subjects.js';
import { tabsOf } from '../state/view.js';

/** @typedef {import('../core/types.js').Catalog} Catalog */
/** @typedef {import('../core/types.js').Experiment} Experiment */
/** @typedef {import('../core/types.js').View} View */
/** @typedef {import('../state/subjects.js').Subject} Subject */

const TABS = [
  { id: 'data', title: 'Data' }, { id: '2d', title: '2D' }, { id: '3d', title: '3D' }, { id: 'weights', title: 'Weights' },
  { id: 'confusion', title: 'Confusion' },
];
const LINES = [
  { id: 'loss', title: 'Loss' }, { id: 'accuracy', title: 'Accuracy' }, { id: 'gradient', title: 'Gradient norm', short: 'Gradient' },
  { id: 'distance', title: 'Distance' }, { id: 'rate', title: 'Learning rate', short: 'Rate' },
];

/** The tabs that the halves of a page have room for. @param {string} tab */
export function knownTab(tab) {
  return TABS.some(({ id }) => id === tab) ? tab : '';
}

/** @param {(tab: string) => void} choose @param {Catalog} catalog */
export function createStageTabs(choose, catalog) {
  const tabs = createTabs(byId(document, 'stage-bar'), 'view', 'left-stage right-stage', TABS, choose);
  return {
    /** @param {Experiment[]} experiments  those that are shown @param {string} chosen @param {string} usual  is shown where the chosen one cannot be */
    update: (experiments, chosen, usual) => {
      const able = experiments.flatMap((experiment) => tabsOf(catalog, experiment));
      tabs.offer(TABS.map(({ id }) => id).filter((id) => able.includes(/** @type {View['tab']} */ (id))));
      tabs.update(able.includes(/** @type {View['tab']} */ (chosen)) ? chosen : usual);
    },
  };
}

/** @param {(said: Partial<Pick<View, 'curve'|'log'>>) => void} choose */
export function createCurveTabs(choose) {
  const bar = byId(document, 'curves-bar');
  const tabs = createTabs(bar, 'curve', 'left-curves right-curves', LINES, (curve) => choose({ curve }));
  const toggles = createLogToggles((log) => choose({ log }));
  bar.append(toggles.el);
  return {
    /** @param {Subject[]} subjects @param {Pick<View, 'curve'|'log'>} shown */
    update: (subjects, { curve, log }) => {
      const offered = subjects.flatMap((subject) => CURVES[subject]);
      const shown = offeredOr(offered, curve) ?? curve;
      tabs.offer(offered);
      tabs.rename('accuracy', subjects.includes('classifier') ? 'Accuracy' : 'R²');
      tabs.update(shown);
      toggles.update(log, shown);
      setHidden(toggles.el, !offered.length);
    },
  };
}

/**
 * @param {{undo: () => void, redo: () => void, swap: () => void, copy: () => void, help: () => void, setTheme: (theme: View['theme']) => void}} acts
 */
export function createActions(acts) {
  const undo = createButton('Undo', 'undo', acts.undo, 'Ctrl+Z');
  const redo = createButton('Redo', 'redo', acts.redo, 'Shift+Ctrl+Z');
  const swap = h('button', { class: 'button swap', type: 'button', 'aria-label': 'Swap sides', on: { click: acts.swap } },
    'Swap', h('span', { class: 'swap-sides' }, ' sides'));
  const theme = createTheme({ changeView: ({ theme: next }) => next && acts.setTheme(next) });
  byId(document, 'stage-bar').append(swap);
  byId(document, 'header-actions').append(undo, redo, createButton('Copy link', 'link', acts.copy), theme.el, createButton('Help', 'help', acts.help, '?'));
  return {
    /** @param {{canUndo: boolean, canRedo: boolean, theme: View['theme'], canSwap: boolean}} state */
    update: ({ canUndo, canRedo, theme: chosen, canSwap }) => {
      undo.disabled = !canUndo;
      redo.disabled = !canRedo;
      swap.disabled = !canSwap;
      theme.set(chosen);
    },
  };
}
