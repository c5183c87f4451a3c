// @ts-check
/** Undo and redo over immutable snapshots. A drag is one entry, however many values it passes through. */

const LONGEST = 200;

/** @template T */
export class History {
  constructor() {
    /** @type {T[]} */
    this.past = [];
    /** @type {T[]} */
    this.future = [];
    /** Where a drag began. @type {T|null} */
    this.base = null;
  }

  /** Note a change away from `before`; `live` while more of the same gesture follows. @param {T} before @param {boolean} live */
  record(before, live) {
    this.base ??= before;
    this.future = [];
    if (live) return;
    this.past = [...this.past, this.base].slice(-LONGEST);
    this.base = null;
  }

  /** The snapshot before `present`, or null. @param {T} present */
  undo(present) {
    const earlier = this.base ?? this.past.pop();
    this.base = null;
    if (earlier === undefined) return null;
    this.future.push(present);
    return earlier;
  }

  /** The snapshot that was undone last, or null. @param {T} present */
  redo(present) {
    const later = this.future.pop();
    if (later === undefined) return null;
    this.past.push(present);
    return later;
  }

  get canUndo() {
    return this.base !== null || this.past.length > 0;
  }

  get canRedo() {
    return this.future.length > 0;
  }
}
