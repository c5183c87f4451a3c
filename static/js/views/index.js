// @ts-check
/** The views of the stage, in the order of the tabs. */

import { create2d } from './stage2d.js';

export const VIEWS = Object.freeze([Object.freeze({ id: '2d', title: '2D', create: create2d })]);
