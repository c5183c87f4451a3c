// @ts-check
/**
 * The shapes that modules hand to each other. Types only: nothing here runs. Those of models come from `modeltypes.js`.
 *
 * @typedef {import('./modeltypes.js').ModelEntry} ModelEntry
 * @typedef {import('./modeltypes.js').DatasetEntry} DatasetEntry
 * @typedef {import('./modeltypes.js').LossEntry} LossEntry
 * @typedef {import('./modeltypes.js').PlaneEntry} PlaneEntry
 * @typedef {import('./modeltypes.js').Scenario} Scenario
 * @typedef {import('./modeltypes.js').Named} Named
 * @typedef {import('./modeltypes.js').Task} Task
 * @typedef {import('./modeltypes.js').Picture} Picture
 * @typedef {import('./modeltypes.js').Plane} Plane
 * @typedef {import('./modeltypes.js').PlaneField} PlaneField
 * @typedef {import('./modeltypes.js').Snapshot} Snapshot
 * @typedef {import('./modeltypes.js').SnapshotPart} SnapshotPart
 * @typedef {import('./modeltypes.js').Grid} Grid
 * @typedef {import('./modeltypes.js').ModelData} ModelData
 * @typedef {import('./profiletypes.js').Profile} Profile
 * @typedef {import('./profiletypes.js').RankMeasure} RankMeasure
 *
 * @typedef {'number'|'integer'|'switch'|'choice'|'tuple'|'list'} ParamKind
 * @typedef {number|boolean|string|null|number[]} ParamValue
 *
 * @typedef {Object} Param  One thing that can be turned, as the catalogue declares it.
 * @property {string} id
 * @property {string} title
 * @property {ParamKind} kind
 * @property {ParamValue} default
 * @property {string} help
 * @property {number|null} low  null: no bound
 * @property {number|null} high
 * @property {boolean} open_low  the bound itself is refused
 * @property {boolean} open_high
 * @property {[number, number]|null} soft  range of the slider
 * @property {'linear'|'log'} scale
 * @property {string} symbol  LaTeX
 * @property {string} unit
 * @property {boolean} optional  null is allowed
 * @property {string[]} choices
 * @property {Param[]} items
 * @property {number} fewest  items of a list
 * @property {number} most
 * @property {boolean} rising  each item of a list is larger than the one before
 *
 * @typedef {{title: string, url: string, where?: string}} Reference
 * @typedef {{x: number, y: number, value: number, kind: 'global'|'local'|'saddle'}} Point
 * @typedef {{x: [number, number], y: [number, number]}} Range
 *
 * @typedef {Object} Surface
 * @property {string} id
 * @property {string} title
 * @property {string} line
 * @property {string} formula  MathML
 * @property {Range} window
 * @property {[number, number]} start
 * @property {Point[]} points
 * @property {Param[]} params
 * @property {Reference} source
 *
 * @typedef {Object} OptimizerEntry
 * @property {string} id
 * @property {string} title
 * @property {string} line
 * @property {string[]} formula  MathML, one equation each
 * @property {Param[]} params
 * @property {Reference} source
 * @property {string|null} torch
 * @property {{id: string, title: string, help: string}[]} slots
 * @property {boolean} surfaces  whether it can race on surfaces
 * @property {boolean} models  whether it can train models
 *
 * @typedef {{id: string, title: string, line: string, optimizer: string, settings: Record<string, ParamValue>}} Preset
 * @typedef {{id: string, title: string, line: string, params: Param[], torch: string|null}} ScheduleEntry
 *
 * @typedef {Object} Catalog  `GET /api/catalog`
 * @property {number} document_version
 * @property {Param[]} experiment
 * @property {Surface[]} surfaces
 * @property {OptimizerEntry[]} optimizers
 * @property {Preset[]} presets  in menu order
 * @property {ScheduleEntry[]} schedules
 * @property {Param[]} warmup  fields of every schedule
 * @property {ModelEntry[]} models
 * @property {DatasetEntry[]} datasets
 * @property {LossEntry[]} losses
 * @property {Param[]} model_fields  batch_size, test_fraction, init, l2
 * @property {PlaneEntry[]} planes
 * @property {Scenario[]} scenarios
 * @property {Record<string, Profile>} profiles  what objectives say of themselves, by kind and names
 * @property {Format[]} formats
 * @property {{longest: number, examples: {text: string, line: string}[]}} functions  that can be typed
 * @property {Record<string, number>} limits
 *
 * @typedef {{name: string} & Record<string, ParamValue>} Schedule
 * @typedef {{name: string, label: string, lr: number, schedule: Schedule} & Record<string, any>} OptimizerChoice
 *
 * @typedef {{kind: 'surface', name: string, params: Record<string, ParamValue>}} NamedSurface  one of the catalogue
 * @typedef {[[number, number], [number, number]]} Ends  of x and of y
 * @typedef {{kind: 'surface', expression: string, params: Record<string, number>, ranges: Record<string, [number, number]>, window: Ends}} TypedObjective
 *   a function that was typed, with its constants and the ranges of their sliders
 * @typedef {NamedSurface|TypedObjective} SurfaceObjective
 *
 * @typedef {Object} ModelObjective
 * @property {'model'} kind
 * @property {Named} model
 * @property {Named} dataset
 * @property {string} loss
 * @property {number|null} batch_size  null: all training samples
 * @property {number} test_fraction
 * @property {string} init
 * @property {number} l2
 *
 * @typedef {SurfaceObjective|ModelObjective} Objective
 * @typedef {Objective['kind']} Kind
 *
 * @typedef {Object} Experiment  The canonical document.
 * @property {1} version
 * @property {Objective} objective
 * @property {[number, number]|null} start  null for a model, which starts from its initialisation and seed
 * @property {OptimizerChoice[]} optimizers
 * @property {number} steps
 * @property {number} seed
 * @property {number} noise
 * @property {number|null} clip_norm
 * @property {number|null} clip_value
 * @property {'float64'|'float32'|'bfloat16'} dtype
 *
 * @typedef {{kind: 'step-limit'|'converged'|'diverged'|'cancelled', step: number, message: string, key: string, evaluations: number, stable_below: number|null}} Outcome
 *
 * @typedef {Object} Race  One typed array per optimizer, length steps + 1, NaN after its end.
 * @property {Profile} profile
 * @property {Experiment} experiment
 * @property {string[]} labels
 * @property {number} entries  received so far, 0 to steps + 1
 * @property {number} steps
 * @property {boolean} complete
 * @property {Record<string, Float64Array[]>} columns  by id; NaN where a number was not measured
 * @property {Float64Array[]} x  where it is drawn: its position, or its place on the plane, NaN until that is known
 * @property {Float64Array[]} y
 * @property {Plane|null} plane  where the paths of a model are drawn, once known
 * @property {number[]} lengths  entries of each optimizer, to its end
 * @property {Outcome[]|null} outcomes
 *
 * @typedef {{slot: number, hidden: boolean}} Style
 *
 * @typedef {Object} View
 * @property {string} tab  the id of what is shown on the stage
 * @property {string} curve  the id of what is drawn by step
 * @property {Named|null} plane  null: as the server thinks best
 * @property {{x: boolean, y: boolean}} log
 * @property {string} measure  the id of what the ranking goes by
 * @property {number} speed
 * @property {Style[]} styles  one per optimizer, same order
 * @property {'system'|'light'|'dark'} theme
 * @property {boolean} rail
 * @property {number|null} step  where a link wants the player to rest; null: it plays
 * @property {number[]|null} camera  the eye of the 3-D scene that a link asks for; null: the usual place
 * @property {number[]|null} range  the part of the plane that a link asks for, the ends of x and of y; null: all of it
 *
 * @typedef {Object} Rank
 * @property {number} index
 * @property {Record<string, number|null>} values  by the ids of measures; null where there is none
 * @property {Outcome|null} outcome
 *
 * @typedef {{x: number[], y: number[], z: (number|null)[][]}} Field  z[row = y][column = x], raw loss
 * @typedef {(string|number)[]} Place  of a field in a document: names in objects and numbers in lists, from the outside in
 * @typedef {{path: string, at: Place, message: string, key?: string}} Problem  path: `at` for a reader; key: of a message of the server's
 * @typedef {{width: number, height: number, levels: Uint8Array}} Thumbnail
 *
 * @typedef {(experiment: Experiment) => Experiment} Change
 * @typedef {(fn: Change, live: boolean) => void} ChangeExperiment  live: more of it will follow, as while a slider is moved
 *
 * @typedef {Object} Commands
 * @property {() => void} play
 * @property {() => void} pause
 * @property {() => void} toggle
 * @property {(count: number) => void} step  forward, or back when negative
 * @property {() => void} restart
 * @property {(step: number) => void} seek
 * @property {(speed: number) => void} setSpeed
 * @property {() => void} undo
 * @property {() => void} redo
 * @property {(kind: Kind) => void} showKind  the experiment of this kind that was shown last, or a first one
 * @property {(draft: object, live: boolean, tell: (problem: Problem|undefined) => void) => void} openTyped  a function as it is typed: shown
 *   once the server has read it; live: more of it will follow; tell: what is wrong with it, if anything
 * @property {(id: string) => void} openScenario  its experiment and its view
 * @property {() => void} resetZoom
 * @property {() => string} link  the whole address of what is on the screen, with all of its experiment and view in it
 * @property {() => Record<string, any>} viewDocument  the view of what is on the screen, to be kept beside its experiment
 *
 * @typedef {Object} Format  What an experiment can be taken away as.
 * @property {string} id
 * @property {string} title
 * @property {string} line
 * @property {string} suffix
 * @property {string} media_type
 * @property {Param[]} params
 *
 * @typedef {{experiment: Experiment, view: Record<string, any>, title?: string}} Shared
 * @typedef {(signal: AbortSignal, onProgress: (share: number) => void, options: Record<string, any>) => Promise<{blob: Blob, name: string}>} FileMaker
 *
 * @typedef {Object} Takeaway  What sharing needs beside the page.
 * @property {(shared: Shared, signal: AbortSignal) => Promise<{id: string, url: string, embed_url: string}>} save
 * @property {(text: string, signal: AbortSignal) => Promise<Blob>} fetchQr
 * @property {(format: Format, shared: () => Shared) => FileMaker} maker  of a file that the server makes
 * @property {() => Record<string, any>} suggest  options of such a file that suit the page as it is, by the ids of params
 * @property {{format: {id: string, title: string, line: string}, make: FileMaker, blocked: () => string}[]} videos  of the stage, where the browser can make them
 *
 * @typedef {Object} StageTab  What can be shown on the stage.
 * @property {string} id
 * @property {string} title
 * @property {'paths'|'models'} shows  paths on a plane, or what models say and are at a step
 *
 * @typedef {Object} Context  What every control is made with.
 * @property {Catalog} catalog
 * @property {StageTab[]} views
 * @property {ChangeExperiment} change  live while dragging, once more with `live: false` on release
 * @property {(partial: Partial<View>) => void} changeView
 * @property {Commands} commands
 * @property {Takeaway} files
 * @property {Record<string, Thumbnail>} [thumbnails]
 * @property {(canvas: HTMLCanvasElement, levels: Uint8Array, width: number, height: number) => void} [drawThumbnail]
 * @property {(context: CanvasRenderingContext2D, look: {label: number|null, test: boolean}, x: number, y: number, radius: number) => void} [drawSample]
 *   one sample of a dataset; label: its class, null where there are none
 *
 * @typedef {Object} Model  What every control is updated with.
 * @property {Experiment} experiment
 * @property {View} view
 * @property {Race|null} race
 * @property {Rank[]} ranking
 * @property {Plane|null} plane  the one on the stage
 * @property {ModelData|null} data  what the model learns from
 * @property {number} step  may be fractional
 * @property {boolean} playing
 * @property {boolean} canUndo
 * @property {boolean} canRedo
 * @property {'connecting'|'open'|'lost'} connection
 * @property {Problem[]} problems
 *
 * @typedef {{update: (model: Model) => void}} Control
 */

export {};
