import * as fc from "fast-check";
import { expect, test } from "vitest";
import { int, uint } from "../../graph/datatype";
import { tapStatistics } from "./tap-statistics";

test("counts 4-bit activations by value", () => {
  const data = new Uint8Array([0, 0, 3, 15, 3, 0, 1, 0]);
  const { nonZero, min, max, histogram } = tapStatistics({ shape: [1, 8], datatype: uint(4), data });
  expect([nonZero, min, max]).toEqual([0.5, 0, 15]);
  expect(histogram).toHaveLength(16);
  expect(histogram!.filter(({ count }) => count > 0)).toEqual([
    { value: 0, count: 4 },
    { value: 1, count: 1 },
    { value: 3, count: 2 },
    { value: 15, count: 1 },
  ]);
});

test("signed values count from the type's minimum", () => {
  const data = new Int8Array([-4, 3, 3]);
  const { histogram, min } = tapStatistics({ shape: [1, 3], datatype: int(3), data });
  expect(min).toBe(-4);
  expect(histogram!.map(({ count }) => count)).toEqual([1, 0, 0, 0, 0, 0, 0, 2]);
});

test("wide types have no histogram", () => {
  const data = new Int32Array([-7, 9]);
  expect(tapStatistics({ shape: [1, 2], datatype: int(16), data })).toEqual({
    nonZero: 1,
    min: -7,
    max: 9,
    histogram: null,
  });
});

test("the histogram holds every value once", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 15 }), { minLength: 1 }), (values) => {
      const tap = { shape: [1, values.length], datatype: uint(4), data: new Uint8Array(values) };
      const { histogram, nonZero } = tapStatistics(tap);
      expect(histogram!.reduce((sum, { count }) => sum + count, 0)).toBe(values.length);
      expect(nonZero).toBeCloseTo(1 - histogram![0]!.count / values.length, 12);
    }),
  );
});
