// @ts-check
/** Every view by its id: `create(host, handlers)` makes one. */

import { createConfusion } from './confusion.js';
import { createCurves } from './curves.js';
import { createData } from './data.js';
import { create2d } from './stage2d.js';
import { create3d } from './stage3d.js';
import { createWeights } from './weights.js';

export const VIEWS = Object.freeze({
  '2d': create2d, '3d': create3d, curves: createCurves, data: createData, weights: createWeights, confusion: createConfusion,
});
