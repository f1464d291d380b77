import { expect, test } from "vitest";
import { isNearInteger, ulp } from "./near-integer";

test.each([
  [1, 2 ** -23],
  [-1.5, 2 ** -23],
  [2, 2 ** -22],
  [1000, 2 ** -14],
  [0, 2 ** -149],
])("the float32 step of %d is %d", (value, step) => {
  expect(ulp(value)).toBe(step);
});

test.each([
  [7, true],
  [7 + 2 * 2 ** -21, true],
  [7 - 2 * 2 ** -21, true],
  [7 + 3 * 2 ** -21, false],
  [0.5, false],
  [2 ** 24 + 2, true],
  [Infinity, false],
])("%d is near an integer: %s", (value, near) => {
  expect(isNearInteger(value)).toBe(near);
});
