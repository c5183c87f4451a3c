// @ts-check
/** The player's clock, with a time that the test moves. */
import assert from 'node:assert/strict';
import test from 'node:test';

import { Player, STEPS_PER_SECOND } from '../../../static/js/run/player.js';

const FRAME = 1000 / STEPS_PER_SECOND; // ms, in which one step passes

/** A player of a race of so many steps. @param {number} last @param {boolean} growing */
function playerOf(last, growing = false) {
  const player = new Player(() => {});
  player.setLast(last, growing);
  return player;
}

test('it moves by the time that passed and its speed, and rests at the end', () => {
  const player = playerOf(3);
  player.play();
  player.frame(5000);
  assert.equal(player.step, 0);
  player.frame(5000 + FRAME);
  assert.ok(Math.abs(player.step - 1) < 1e-9);
  player.speed = 0.5;
  player.frame(5000 + 2 * FRAME);
  assert.ok(Math.abs(player.step - 1.5) < 1e-9);
  player.frame(5000 + 6 * FRAME);
  assert.deepEqual([player.step, player.playing], [3, false]);
});

test('a tab that was hidden comes back where it was', () => {
  const player = playerOf(10_000);
  player.play();
  player.frame(0);
  player.frame(600_000);
  assert.ok(player.step <= (100 / 1000) * STEPS_PER_SECOND);
});

test('a clock that goes back moves nothing', () => {
  const player = playerOf(100);
  player.play();
  for (const time of [1000, 1050, 900, 1050]) player.frame(time);
  assert.ok(Math.abs(player.step - 3) < 1e-9);
});

test('it waits at the end of what has come, and goes on with what comes', () => {
  const player = playerOf(1, true);
  player.play();
  player.frame(0);
  player.frame(4 * FRAME);
  assert.deepEqual([player.step, player.playing], [1, true]);
  player.setLast(50, true, 5 * FRAME);
  assert.ok(player.step > 1);
});

test('pause stays at the step that is shown, and a step moves by a whole one', () => {
  const player = playerOf(100);
  player.play();
  player.frame(0);
  player.frame(2.7 * FRAME);
  player.pause();
  assert.equal(player.step, 2);
  player.move(1);
  assert.equal(player.step, 3);
  player.move(-9);
  assert.equal(player.step, 0);
});

test('play begins again where the race was at its end', () => {
  const player = playerOf(20);
  player.seek(20);
  player.toggle();
  assert.deepEqual([player.step, player.playing], [0, true]);
});

test('a place that was aimed at is kept while the race is shorter', () => {
  const player = playerOf(0, true);
  player.aim(40);
  assert.equal(player.step, 0);
  player.setLast(30, true);
  assert.equal(player.step, 30);
  player.setLast(200, false);
  assert.equal(player.step, 40);
});
