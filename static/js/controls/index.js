// @ts-check
/** Every control of the page, put into the places that the template has for them. */

import { byId } from '../core/dom.js';
import { createCards } from './cards.js';
import { createCompare } from './compare.js';
import { createEmbedLegend } from './embedlegend.js';
import { createHeader } from './header.js';
import { createHelp } from './help.js';
import { createHint } from './hint.js';
import { listenToKeys } from './keyboard.js';
import { createNotices } from './notices.js';
import { createProblem } from './problem.js';
import { createRanking } from './ranking.js';
import { createShare } from './share.js';
import { createSheets } from './sheets.js';
import { createCurveBar, createRail, createStage } from './stage.js';
import { createTransport } from './transport.js';

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
