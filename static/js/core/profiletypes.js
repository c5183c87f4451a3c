// @ts-check
/**
 * What an objective says of itself to all who show it, as the server sends it. Types only: nothing here runs.
 *
 * @typedef {import('./types.js').Range} Range
 * @typedef {import('./types.js').Point} Point
 *
 * @typedef {Object} Column  A number that is told of every entry.
 * @property {string} id
 * @property {string} title
 * @property {string} unit
 * @property {number} every  it is known at each entry whose index this divides, and at the last
 * @property {number} price  of knowing it once, in steps of plain gradient descent
 * @property {boolean} log  it may be seen on a logarithmic axis
 *
 * @typedef {'only'|'train'|'test'|'batch'} Role  of a line among those of its chart
 *
 * @typedef {Object} Curve  Numbers that are drawn by step in one chart.
 * @property {string} id
 * @property {string} title  of its axis
 * @property {string} name  of its tab
 * @property {string} short  what is written there where the name is too long; '': the name
 * @property {{column: string, role: Role}[]} lines  those in front first; 'distance' is no column: that to the nearest minimum
 * @property {boolean} log
 * @property {number|null} least  what is lower does not stretch the axis
 * @property {boolean} share  reads best in percent
 *
 * @typedef {Object} RankMeasure  What trajectories are ranked by.
 * @property {string} id
 * @property {string} title
 * @property {string} help
 * @property {'last'|'lowest'|'arrival'|'length'} take  what of the column; length: of the path
 * @property {string} column
 * @property {'number'|'count'|'share'} form  how it is written
 * @property {boolean} rising  more is better
 * @property {boolean} wherever  counts even of a path that diverged
 * @property {string} none  what is said when nobody has such a number
 * @property {number} part  of an arrival: so much of the way from the start down to the lowest is left
 *
 * @typedef {Object} OwnField  What paths are drawn on where their parameters are the position that is drawn.
 * @property {[string, string]} axes  columns
 * @property {Range} window
 * @property {Point[]} points  that are known
 * @property {boolean} log
 * @property {number} detail  samples a side that a picture of its window needs
 *
 * @typedef {Object} Profile
 * @property {string} id  equal for objectives whose paths can be drawn on one ground
 * @property {string} title
 * @property {Column[]} told
 * @property {string} loss  the column by which trajectories are judged
 * @property {string} scale  equal where losses can be compared
 * @property {string[]} tabs  ids of what make sense, the usual first
 * @property {Curve[]} curves  the same
 * @property {RankMeasure[]} measures  the same
 * @property {Record<string, number>} rates  preset id to the learning rate to begin with
 * @property {number} rate  of any other preset
 * @property {number} price  of a gradient, beyond that of a surface, in steps of plain gradient descent
 * @property {number|null} lowest  the loss that none is below, where that is known
 * @property {OwnField|null} field  null: paths are drawn on planes through weight space
 * @property {{formula: string, params: import('./types.js').Param[], start: [number, number]}|null} own  what the catalogue says of
 *   others; formula: MathML
 */

export {};
