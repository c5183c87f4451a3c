// @ts-check
import assert from 'node:assert/strict';

/** Numbers, one or a list, as far from those expected as `far`, or `share` of these, at most. @param {unknown} found @param {number | number[]} expected @param {number} far @param {number} share */
export function near(found, expected, far = 1e-12, share = 1e-6) {
  const [numbers, wanted] = [[found].flat(), [expected].flat()];
  const fits = numbers.length === wanted.length && wanted.every((one, at) => Math.abs(Number(numbers[at]) - one) <= Math.max(far, share * Math.abs(one)));
  if (!fits) assert.deepEqual(found, expected, `${JSON.stringify(found)} is not near ${JSON.stringify(expected)}`);
}
