// @ts-check
/** What the page has around the stages: the line on top, and the tabs of the stages and of the curves. */
import { byId, h, setHidden } from '../core/dom.js';
import { say, sayNodes } from '../core/words.js';
import { createButton, createTheme } from '../controls/page/header.js';
import { createLogToggles } from '../controls/stage/scales.js';
import { createTabs, tabOf } from '../controls/elements/tabs.js';
import { allCurves, offeredOr } from '../state/profiles.js';
import { SINGLE_VIEWS } from '../views/index.js';

/** @typedef {import('../core/types.js').View} View */
/** @typedef {import('../core/types.js').Profile} Profile */

/** A tab that the halves of a page have room for, or none. @param {string} tab */
export function knownTab(tab) {
  return SINGLE_VIEWS.some(({ id }) => id === tab) ? tab : '';
}

/** @param {(tab: string) => void} choose */
export function createStageTabs(choose) {
  const tabs = createTabs(byId(document, 'stage-bar'), say('compare.tabs.view'), 'left-stage right-stage', choose);
  return {
    /** @param {Profile[]} profiles  of what is shown @param {string} chosen @param {string} usual  is shown where the chosen one cannot be */
    update: (profiles, chosen, usual) => {
      const able = profiles.flatMap((profile) => profile.tabs);
      tabs.offer(SINGLE_VIEWS.filter(({ id }) => able.includes(id)));
      tabs.update(able.includes(chosen) ? chosen : usual);
    },
  };
}

/** @param {(said: Partial<Pick<View, 'curve'|'log'>>) => void} choose */
export function createCurveTabs(choose) {
  const bar = byId(document, 'curves-bar');
  const tabs = createTabs(bar, say('compare.tabs.curve'), 'left-curves right-curves', (curve) => choose({ curve }));
  const toggles = createLogToggles((log) => choose({ log }));
  bar.append(toggles.el);
  return {
    /** @param {Profile[]} profiles @param {Pick<View, 'curve'|'log'>} shown */
    update: (profiles, { curve, log }) => {
      const offered = allCurves(profiles);
      tabs.offer(offered.map(tabOf));
      setHidden(toggles.el, !offered.length);
      if (!offered.length) return;
      const shown = offeredOr(offered, curve);
      tabs.update(shown.id);
      toggles.update(log, shown);
    },
  };
}

/**
 * @param {{undo: () => void, redo: () => void, swap: () => void, copy: () => void, help: () => void, setTheme: (theme: View['theme']) => void}} acts
 */
export function createActions(acts) {
  const undo = createButton(say('compare.undo'), 'undo', acts.undo, 'Ctrl+Z');
  const redo = createButton(say('compare.redo'), 'redo', acts.redo, 'Shift+Ctrl+Z');
  const swap = h('button', { class: 'button swap', type: 'button', 'aria-label': say('compare.swap'), on: { click: acts.swap } },
    ...sayNodes('compare.swap-short', { rest: h('span', { class: 'swap-sides' }, say('compare.swap-rest')) }));
  const theme = createTheme({ changeView: ({ theme: next }) => next && acts.setTheme(next) });
  byId(document, 'stage-bar').append(swap);
  const copy = createButton(say('compare.copy'), 'link', acts.copy);
  byId(document, 'header-actions').append(undo, redo, copy, theme.el, createButton(say('compare.help'), 'help', acts.help, '?'));
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
