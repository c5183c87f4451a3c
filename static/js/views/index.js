// @ts-check
/** The views of the page: the tabs of the stage in their order, then the curves. */

import { createCurves } from './curves.js';
import { create2d } from './stage2d.js';
import { create3d } from './stage3d.js';

export const VIEWS = Object.freeze([
  Object.freeze({ id: '2d', title: '2D', create: create2d }),
  Object.freeze({ id: '3d', title: '3D', create: create3d }),
  Object.freeze({ id: 'curves', title: 'Curves', create: createCurves }),
]);
