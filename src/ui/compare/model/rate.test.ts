import fc from "fast-check";
import { expect, test } from "vitest";
import { rateOf } from "./rate";

test("a rate needs two answers apart in time", () => {
  expect(rateOf([])).toBeNull();
  expect(rateOf([40])).toBeNull();
  expect(rateOf([40, 40])).toBeNull();
  expect(rateOf([1000, 1100, 1250, 1500])).toBe(6);
});

test("answers at even steps come at one over the step, wherever they begin", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5000 }),
      fc.integer({ min: 2, max: 30 }),
      fc.integer({ min: 0, max: 1e9 }),
      (step, count, start) => {
        const times = Array.from({ length: count }, (_, i) => start + i * step);
        expect(rateOf(times)).toBeCloseTo(1000 / step, 9);
      },
    ),
  );
});
