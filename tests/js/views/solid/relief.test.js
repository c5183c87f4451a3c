// @ts-check
/** The hill: where the eye is, how high it is, and what it hides. */
import assert from 'node:assert/strict';
import test from 'node:test';

import { cameraOf } from '../../../../static/js/views/solid/camera.js';
import { createHeightField, isHidden } from '../../../../static/js/views/solid/relief.js';
import { near } from '../../near.js';

const IDENTITY = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];

test('the eye is where the camera stands', () => {
  const view = [...IDENTITY.slice(0, 12), -1, -2, -3, 1];
  const scene = { projection: IDENTITY, view, model: IDENTITY, scale: [2, 2, 0.5] };
  near(cameraOf(/** @type {any} */ (scene)).eye, [0.5, 1, 6]);
});

test('heights are linear between nodes and nothing outside', () => {
  const heights = createHeightField({ x: [0, 2], y: [0, 4], z: [] }, [[0, 2], [4, 10]], 10);
  assert.deepEqual([heights.at(1, 0), heights.at(1, 2), heights.at(2, 4)], [1, 4, 10]);
  assert.ok(Number.isNaN(heights.at(2.1, 0)));
});

test('a ridge hides what is behind it but not what is before it', () => {
  const x = [0, 1, 2, 3, 4];
  const ridge = createHeightField({ x, y: [0, 1], z: [] }, [x, x].map((row) => row.map((at) => (at === 2 ? 5 : 0))), 5);
  const eye = [10, 0.5, 4];
  assert.equal(isHidden(ridge, eye, 0.5, 0.5, 0, 0.1), true);
  assert.equal(isHidden(ridge, eye, 3.5, 0.5, 0, 0.1), false);
  assert.equal(isHidden(ridge, eye, 2, 0.5, 5, 0.1), false);
  assert.equal(isHidden(ridge, [0.5, 0.5, 40], 0.5, 0.5, 0, 0.1), false);
});
