// @ts-check
/** Which snapshots are asked for and shown, with a server and a clock that the test moves. */
import assert from 'node:assert/strict';
import test from 'node:test';

import { Snapshots } from '../../../static/js/net/snapshots.js';

/** @typedef {import('../../../static/js/core/types.js').SnapshotPart} SnapshotPart */

/** What is promised, done. */
async function settle() {
  for (let turn = 0; turn < 10; turn += 1) await null;
}

class Asks {
  /** content: of every answer. @param {Record<string, unknown>} content */
  constructor(content = {}) {
    this.time = 0;
    /** @type {[number, () => void][]} */
    this.waiting = [];
    /** The name, the step and the time of each request. @type {[string, number, number][]} */
    this.asked = [];
    /** @type {any[]} */
    this.answers = [];
    /** @type {string[]} */
    this.problems = [];
    this.aborted = 0;
    /** @type {{answer: () => void, refuse: () => void}[]} */
    this.flights = [];
    this.experiments = { a: /** @type {any} */ ({ name: 'a' }), b: /** @type {any} */ ({ name: 'b' }) };
    /** @type {import('../../../static/js/net/snapshots.js').FetchSnapshot} */
    const fetch = (experiment, step, _parts, _resolution, signal) => {
      const { name } = /** @type {any} */ (experiment);
      this.asked.push([name, step, this.time]);
      return new Promise((answer, refuse) => {
        signal.addEventListener('abort', () => {
          this.aborted += 1;
          refuse(new DOMException('', 'AbortError'));
        });
        const say = () => answer(/** @type {any} */ ({ step, name, ...content }));
        this.flights.push({ answer: say, refuse: () => refuse(new Error('gone')) });
      });
    };
    const later = (/** @type {() => void} */ work, /** @type {number} */ delay) => this.waiting.push([this.time + delay, work]);
    const clock = { now: () => this.time, later };
    this.snapshots = new Snapshots(fetch, (one) => this.answers.push(one), (text) => this.problems.push(text), clock);
  }

  /** The name and the step of each that was shown. */
  get shown() {
    return this.answers.map(({ name, step }) => [name, step]);
  }

  /** @param {'a' | 'b'} name @param {number} step @param {SnapshotPart[]} parts */
  async want(name, step, parts = ['grid'], resolution = 48) {
    this.snapshots.want(this.experiments[name], step, parts, resolution);
    await settle();
  }

  /** @param {number} ms */
  async wait(ms) {
    this.time += ms;
    const due = this.waiting.filter(([when]) => when <= this.time);
    this.waiting = this.waiting.filter(([when]) => when > this.time);
    for (const [, work] of due) work();
    await settle();
  }

  /** Of the request that waits longest. @param {'answer' | 'refuse'} way */
  async answer(way = 'answer') {
    this.flights.shift()?.[way]();
    await settle();
  }
}

test('the latest wish is sent when the request before it is answered', async () => {
  const asks = new Asks();
  for (const step of [1, 2, 3.7]) await asks.want('a', step);
  assert.deepEqual(asks.asked, [['a', 1, 0]]);
  await asks.wait(80);
  await asks.answer();
  assert.deepEqual(asks.shown, [['a', 1]]);
  assert.deepEqual(asks.asked, [['a', 1, 0], ['a', 3, 80]]);
  await asks.answer();
  assert.deepEqual(asks.shown, [['a', 1], ['a', 3]]);
  await asks.wait(1000);
  assert.equal(asks.asked.length, 2);
});

test('there are at most twenty requests a second', async () => {
  const asks = new Asks();
  for (let frame = 0; frame < 199; frame += 1) {
    await asks.want('a', frame);
    while (asks.flights.length) await asks.answer();
    await asks.wait(5);
  }
  assert.equal(asks.asked.length, 20);
  const times = asks.asked.map(([, , time]) => time);
  for (let at = 1; at < times.length; at += 1) assert.ok(times[at] - times[at - 1] >= 50);
});

test('a step that was seen before is shown at once', async () => {
  const asks = new Asks();
  await asks.want('a', 5);
  await asks.answer();
  await asks.wait(60);
  await asks.want('a', 6);
  await asks.want('a', 5);
  assert.deepEqual(asks.shown, [['a', 5], ['a', 5]]);
  await asks.answer();
  assert.deepEqual(asks.shown, [['a', 5], ['a', 5]], 'an answer that nobody waits for any more changes nothing');
  await asks.wait(60);
  await asks.want('a', 6);
  assert.deepEqual(asks.shown.at(-1), ['a', 6]);
  assert.equal(asks.asked.length, 2);
});

test('other parts and finer grids are other answers', async () => {
  const asks = new Asks();
  await asks.want('a', 5);
  await asks.answer();
  await asks.wait(60);
  await asks.want('a', 5, ['weights']);
  await asks.answer();
  await asks.wait(60);
  await asks.want('a', 5, ['grid'], 96);
  await asks.answer();
  assert.equal(asks.asked.length, 3);
});

test('another experiment does not wait for the answers of the one before', async () => {
  const asks = new Asks();
  await asks.want('a', 5);
  await asks.wait(60);
  await asks.want('b', 5);
  assert.deepEqual(asks.asked.map(([name]) => name), ['a', 'b']);
  assert.equal(asks.aborted, 1);
  await asks.answer();
  await asks.answer();
  assert.deepEqual(asks.shown, [['b', 5]]);
  assert.deepEqual(asks.problems, []);
});

test('failures in a row are told once and tried again only a few times', async () => {
  const asks = new Asks();
  await asks.want('a', 5);
  await asks.answer('refuse');
  await asks.wait(500);
  assert.equal(asks.asked.length, 1);
  for (let turn = 0; turn < 6; turn += 1) {
    await asks.wait(1000);
    if (asks.flights.length) await asks.answer('refuse');
  }
  assert.equal(asks.asked.length, 3);
  assert.equal(asks.problems.length, 1);
  assert.match(asks.problems[0], /gone/);
  await asks.want('a', 6);
  await asks.answer();
  assert.deepEqual(asks.shown, [['a', 6]]);
});

test('nothing is shown after a cancel', async () => {
  const asks = new Asks();
  await asks.want('a', 5);
  asks.snapshots.cancel();
  await asks.answer();
  await asks.wait(1000);
  assert.deepEqual(asks.shown, []);
  assert.deepEqual(asks.problems, []);
});

test('two hundred answers are kept', async () => {
  const asks = new Asks();
  for (let step = 0; step < 230; step += 1) {
    await asks.want('a', step);
    await asks.answer();
    await asks.wait(50);
  }
  assert.equal(asks.snapshots.kept.size, 200);
  await asks.want('a', 229);
  assert.equal(asks.asked.length, 230);
  await asks.want('a', 0);
  assert.equal(asks.asked.length, 231);
});

test('numbers are packed, and what is missing is not a number', async () => {
  const asks = new Asks({ grid: { levels: [[0, 255], [null, 7]] }, weights: [{ name: 'w', shape: [2], values: [[0.1, null]] }] });
  await asks.want('a', 0);
  await asks.answer();
  const [{ grid, weights }] = asks.answers;
  assert.ok(grid.levels[0] instanceof Uint8Array);
  assert.deepEqual([...grid.levels[0]], [0, 255]);
  assert.deepEqual([...grid.levels[1]], [NaN, 7]);
  assert.deepEqual([...weights[0].values[0]], [0.1, NaN]);
});
