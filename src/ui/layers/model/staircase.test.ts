import * as fc from "fast-check";
import { expect, test } from "vitest";
import { accumulatorBins, stairOf } from "./staircase";

test("an accumulator climbs as many stairs as thresholds it reaches", () => {
  const thresholds = [-5, 0, 10];
  expect([-6, -5, -1, 0, 9, 10, 99].map((sum) => stairOf(thresholds, sum))).toEqual([0, 1, 1, 2, 2, 3, 3]);
  expect(stairOf(thresholds, 0, -2)).toBe(0);
});

test("equal thresholds are climbed at once", () => {
  expect(stairOf([4, 4, 4, 8], 4)).toBe(3);
});

test("bins hold every accumulator once, between their edges", () => {
  const sums = fc.array(fc.integer({ min: -5000, max: 5000 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(sums, fc.integer({ min: 1, max: 40 }), (values, most) => {
      const bins = accumulatorBins(Int32Array.from(values), most);
      expect(bins.length).toBeLessThanOrEqual(most);
      for (const { from, to, count } of bins) {
        expect(values.filter((value) => value >= from && value < to)).toHaveLength(count);
      }
      expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(values.length);
    }),
  );
});

test("without accumulators there are no bins", () => {
  expect(accumulatorBins(new Int32Array(), 10)).toEqual([]);
});
