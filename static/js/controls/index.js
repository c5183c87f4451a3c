// @ts-check
/** Every control of the page, put into the places that the template has for them. */

import { byId } from '../core/dom.js';
import { createCards } from './cards/cards.js';
import { createCompare } from './page/compare.js';
import { createHeader } from './page/header.js';
import { createHelp } from './page/help.js';
import { createHint } from './page/hint.js';
import { listenToKeys } from './page/keyboard.js';
import { createNotices } from './page/notices.js';
import { createSheets } from './page/sheets.js';
import { createProblem } from './problem/problem.js';
import { createRanking } from './ranking/ranking.js';
import { createShare } from './share/share.js';
import { createEmbedLegend } from './stage/names.js';
import { createCurveBar, createRail, createStage } from './stage/stage.js';
import { createTransport } from './stage/transport.js';

/**
 * @param {HTMLElement} root the body of the page
 * @param {import('../core/types.js').Context} context
 * @returns {{update: (model: import('../core/types.js').Model) => void, announce: (text: string, kind?: 'status'|'alert') => void}}
 */
export function createControls(root, context) {
  const notices = createNotices(root);
  const help = createHelp();
  const compare = createCompare(context.commands);
  const share = createShare(context, compare.open);
  let steps = 0;
  const controls = [
    notices,
    share,
    createStage(root, context),
    createTransport(root, context),
    createProblem(byId(root, 'problem-body'), context),
    createCards(byId(root, 'optimizers-body'), context),
    createCurveBar(root, context),
    createRanking(root, context),
    createHeader(root, context, { help, share: share.open, compare: compare.open }),
    createRail(root, context),
    createEmbedLegend(root),
    createHint(root),
  ];
  createSheets(root);
  listenToKeys(context, { help, last: () => steps });
  return {
    update: (model) => {
      steps = model.race?.steps ?? model.experiment.steps;
      for (const control of controls) control.update(model);
    },
    announce: notices.announce,
  };
}
