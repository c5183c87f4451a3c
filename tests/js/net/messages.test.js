// @ts-check
/** Chunks as the server writes them: `tests/protocol/test_codec.py` holds the same bytes. */
import assert from 'node:assert/strict';
import test from 'node:test';

import { readChunk } from '../../../static/js/net/messages.js';
import { casesOf } from '../given.js';

for (const { show, id, first, columns, values, bytes } of casesOf('chunks')) {
  test(`a chunk of ${id}`, () => {
    const { header, values: found } = readChunk(Uint8Array.from(atob(bytes), (sign) => sign.charCodeAt(0)).buffer);
    const [count, optimizers] = [values.length, values[0].length];
    assert.deepEqual(header, { type: 'chunk', ...(show && { show }), id, first, count, optimizers, columns });
    assert.deepEqual([...found], values.flat(2).map((/** @type {number | null} */ value) => value ?? NaN));
  });
}
