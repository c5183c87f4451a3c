// @ts-check
/**
 * The shapes of what models bring along: their entries of the catalogue, and the answers about their weights.
 * Types only: nothing here runs. `core/types.js` hands them on.
 *
 * @typedef {import('./types.js').Param} Param
 * @typedef {import('./types.js').ParamValue} ParamValue
 * @typedef {import('./types.js').Range} Range
 * @typedef {import('./types.js').Reference} Reference
 *
 * @typedef {'binary'|'multiclass'|'regression'} Task
 *
 * @typedef {Object} ModelEntry
 * @property {string} id
 * @property {string} title
 * @property {string} line
 * @property {string} formula  MathML
 * @property {Param[]} params
 * @property {string[]} losses  ids, the preferred first
 * @property {string[]} datasets  ids of those it suits with some setting of theirs
 *
 * @typedef {Object} DatasetEntry
 * @property {string} id
 * @property {string} title
 * @property {string} line
 * @property {Task[]} tasks  more than one where the number of its classes is a param
 * @property {number[]} shape  of one input
 * @property {number} samples  with the defaults of its params, as the next
 * @property {number} classes  0 for regression
 * @property {Param[]} params
 * @property {string} source
 * @property {Picture} picture
 *
 * @typedef {{points: [number, number, number][]} | {levels: number[], width: number, height: number}} Picture
 *   points: x and y in 0..1, y upwards, and the class, 0 for regression; levels: 0..255
 * @typedef {{id: string, title: string, formula: string, tasks: Task[], torch: string}} LossEntry
 *
 * @typedef {Object} PlaneEntry  A way to lay a plane through weight space.
 * @property {string} id
 * @property {string} title
 * @property {string} line
 * @property {Param[]} params
 * @property {string[]} rows  ids of params that number an optimizer
 * @property {string[]} weights  ids of params that number a weight
 * @property {Reference|null} source
 *
 * @typedef {{name: string} & Record<string, any>} Named  An entry's id with a value for each of its params.
 *
 * @typedef {Object} Scenario  An experiment worth a look.
 * @property {string} id
 * @property {string} title
 * @property {string} line  what to look for
 * @property {import('./types.js').Experiment} experiment
 * @property {Partial<Pick<import('./types.js').View, 'tab'|'plane'>>} view
 *
 * @typedef {Object} PlanePath  One trajectory on a plane, at the plane's `entries`; lists end where it ends.
 * @property {string} label
 * @property {[number, number][]} points
 * @property {number[]} distance  off the plane
 * @property {(number|null)[]} loss  the true full loss; null where it was not measured or is not finite, as the next
 * @property {(number|null)[]} shown  the plane's loss at the nearest point
 *
 * @typedef {Object} Plane  `POST /api/plane`
 * @property {Named} plane
 * @property {[string, string]} axes
 * @property {boolean} exact  the plane is all of weight space
 * @property {number} share  of the paths' variance that the plane holds, 0..1
 * @property {Range} window
 * @property {number} resolution  samples a side that show it well
 * @property {boolean} log  reads better on a log scale
 * @property {number[]} entries
 * @property {string} sentence
 * @property {PlanePath[]} trajectories
 *
 * @typedef {import('./types.js').Field & {share: number, sentence: string, axes: [string, string], exact: boolean}} PlaneField
 *
 * @typedef {'grid'|'confusion'|'weights'} SnapshotPart
 *
 * @typedef {Object} Grid  Predictions over the window of two inputs.
 * @property {[number, number]} x
 * @property {[number, number]} y
 * @property {number} columns
 * @property {number} rows
 * @property {ArrayLike<number>[]} levels  per optimizer, row by row from the lowest y: 255 times the probability, of class 1
 *   where there are two, else of the most probable one
 * @property {ArrayLike<number>[]} [classes]  per optimizer: the most probable class, where there are more than two
 *
 * @typedef {Object} Snapshot  `POST /api/snapshot`: a trajectory that ended earlier is shown at its last entry.
 * @property {number} step  the kept entry that is shown
 * @property {Grid|null} [grid]  for inputs of 2 numbers
 * @property {{x: number[], y: number[][]}|null} [curve]  for inputs of 1 number; y per optimizer
 * @property {{labels: string[], train: number[][][], test: number[][][]}|null} [confusion]  a matrix per optimizer
 * @property {{name: string, shape: number[], values: ArrayLike<number>[]}[]} [weights]  flat values per optimizer
 *
 * @typedef {{inputs: number[][], targets: number[]}} SampleList
 *
 * @typedef {Object} ModelData  `POST /api/data`
 * @property {Task} task
 * @property {string[]} labels  of the classes
 * @property {string[]} features
 * @property {SampleList} train  inputs of 1 or 2 numbers only
 * @property {SampleList} test
 * @property {Range} window  what grid and curve cover
 * @property {number[][]|null} pictures  64 grey values each
 * @property {{name: string, shape: number[]}[]} shapes
 * @property {number} weights  how many there are
 */

export {};
