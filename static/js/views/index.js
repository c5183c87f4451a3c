// @ts-check
/**
 * Every view of the stage by its id, and the contract that they keep. A view gets an element and tells of what happens on
 * it; it knows no controls and no network, and shows whatever it was told last.
 *
 * @typedef {import('../core/types.js').Race} Race
 * @typedef {import('../core/types.js').Range} Range
 * @typedef {import('../core/types.js').Style} Style
 * @typedef {import('./ground/ground.js').Ground} Ground
 *
 * @typedef {Object} StageView  What every view can do.
 * @property {(race: Race, styles: Style[]) => void} setRace
 * @property {(step: number) => void} setStep  may be fractional
 * @property {() => void} setTheme  the colours are others now
 * @property {() => void} resize  its element may have another size now
 * @property {() => void} dispose  its element is empty again, and nothing is under way
 *
 * @typedef {Object} OnGround  What those can do that show paths on a plane.
 * @property {(race: Race|null, styles: Style[]) => void} setRace  null: there is none
 * @property {() => Range} range  what is visible of the plane
 * @property {(ground: Ground) => Range} rangeOf  what would be visible of a ground
 * @property {(ground: Ground) => void} setGround
 * @property {(field: import('../core/types.js').Field, ground: Ground, sharper?: boolean) => void} setField  sharper: the
 *   same picture as before, with more samples
 * @property {(start: [number, number]|null) => void} setStart  null: nothing to take hold of
 * @property {() => void} resetZoom
 * @property {(range: number[]|null) => void} [setRange]  of what shows a part: which, null: all
 * @property {() => number[]|null} [zoomedRange]
 * @property {(eye: number[]|null) => void} [setEye]  of what is seen from somewhere: from where, null: from the usual place
 * @property {() => number[]|null} [turnedEye]
 * @property {() => void} [redraw]  what may have been dropped once it was shown, so that it can be copied
 *
 * @typedef {Object} OfModels  What those can do that show what models say and are at a step.
 * @property {import('../core/types.js').SnapshotPart[]} parts  that it needs of a snapshot
 * @property {() => number} resolution  samples a side that it needs
 * @property {(model: import('./multiples/multiples.js').ModelSetting) => void} setModel
 * @property {(snapshot: import('../core/types.js').Snapshot) => void} setSnapshot
 *
 * @typedef {StageView & OnGround} PlaneView
 * @typedef {StageView & OfModels} ModelView
 *
 * @typedef {Object} Listeners  What a view tells, and from where it is to be seen at first.
 * @property {(x: number, y: number, phase: 'move'|'end') => void} onStart  the start was moved
 * @property {(tab: string) => void} onTab  another view is asked for
 * @property {() => void} onRange  another range is visible
 * @property {() => void} onWant  it wants a snapshot with other parts or of another resolution
 * @property {number[]|null} eye
 * @property {number[]|null} range
 *
 * @typedef {Object} Samples  A side of the field that a view shows of a surface.
 * @property {number} share  of what the surface asks for
 * @property {number} fewest  however little of the window is seen
 *
 * @typedef {import('../core/types.js').StageTab & {shows: 'paths', create: (host: HTMLElement, listeners: Listeners) => PlaneView, samples: Samples}} PlaneEntry
 * @typedef {import('../core/types.js').StageTab & {shows: 'models', create: (host: HTMLElement, listeners: Listeners) => ModelView}} ModelEntry
 * @typedef {import('../core/types.js').StageTab & {beside: string[]}} BesideEntry  others, beside each other, by their ids
 */

import { say } from '../core/words.js';
import { createConfusion } from './confusion/confusion.js';
import { createData } from './data/data.js';
import { create2d } from './flat/flat.js';
import { create3d } from './solid/solid.js';
import { createWeights } from './weights/weights.js';

/** In the order of their tabs. @type {(PlaneEntry|ModelEntry|BesideEntry)[]} */
export const VIEWS = [
  { id: 'data', title: say('tabs.data'), shows: 'models', create: createData },
  { id: '2d', title: say('tabs.2d'), shows: 'paths', create: create2d, samples: { share: 1, fewest: 180 } },
  { id: '3d', title: say('tabs.3d'), shows: 'paths', create: create3d, samples: { share: 0.5, fewest: 90 } },
  { id: 'both', title: say('tabs.both'), shows: 'paths', beside: ['2d', '3d'] },
  { id: 'weights', title: say('tabs.weights'), shows: 'models', create: createWeights },
  { id: 'confusion', title: say('tabs.confusion'), shows: 'models', create: createConfusion },
];

/** Those that one element has room for. */
export const SINGLE_VIEWS = VIEWS.filter((entry) => 'create' in entry);
