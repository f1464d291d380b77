import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { triangleFilter, weightBits } from "./triangle-filter";

const one = 2 ** weightBits;
const weightsOf = (filter: ReturnType<typeof triangleFilter>, i: number) =>
  Array.from(filter.weights.subarray(i * filter.stride, i * filter.stride + filter.taps[i]!), (w) => w / one);

describe("triangleFilter", () => {
  it("mixes two neighbours when it enlarges", () => {
    const filter = triangleFilter(2, 4, 0, 4);
    expect([0, 1, 2, 3].map((i) => weightsOf(filter, i))).toEqual([[1], [0.75, 0.25], [0.25, 0.75], [1]]);
    expect([...filter.starts]).toEqual([0, 0, 0, 1]);
  });

  it("averages what an output covers when it shrinks", () => {
    const filter = triangleFilter(8, 4, 1, 1);
    expect(filter).toMatchObject({ first: 1, length: 4 });
    expect(weightsOf(filter, 0)).toEqual([0.125, 0.375, 0.375, 0.125]);
  });

  it("leaves a length alone that does not change", () => {
    const filter = triangleFilter(500, 500, 7, 3);
    expect(filter).toMatchObject({ first: 7, length: 3 });
    expect([0, 1, 2].map((i) => weightsOf(filter, i))).toEqual([[1], [1], [1]]);
  });

  const shapes = fc.record({
    sourceLength: fc.integer({ min: 1, max: 30_000 }),
    targetLength: fc.integer({ min: 224, max: 30_000 }),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
  });

  it("reads inside the source, in order, with weights that add up to one", () => {
    fc.assert(
      fc.property(shapes, ({ sourceLength, targetLength, at }) => {
        const from = Math.floor(at * (targetLength - 224));
        const filter = triangleFilter(sourceLength, targetLength, from, 224);
        expect(filter.first + filter.length).toBeLessThanOrEqual(sourceLength);
        let start = 0;
        for (let i = 0; i < 224; i++) {
          expect(filter.starts[i]).toBeGreaterThanOrEqual(start);
          start = filter.starts[i]!;
          const taps = filter.taps[i]!;
          expect(taps).toBeGreaterThan(0);
          expect(start + taps).toBeLessThanOrEqual(filter.length);
          const weights = filter.weights.subarray(i * filter.stride, i * filter.stride + taps);
          expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
          // each weight is rounded by at most a half
          expect(Math.abs(weights.reduce((a, b) => a + b) - one)).toBeLessThanOrEqual(taps / 2);
        }
      }),
      { numRuns: 50 },
    );
  });

  it("gives the same weights for a part of the outputs as for all", () => {
    fc.assert(
      fc.property(shapes, ({ sourceLength, targetLength, at }) => {
        const from = Math.floor(at * (targetLength - 1));
        const all = triangleFilter(sourceLength, targetLength, 0, targetLength);
        const part = triangleFilter(sourceLength, targetLength, from, 1);
        expect(part.first).toBe(all.first + all.starts[from]!);
        expect(weightsOf(part, 0)).toEqual(weightsOf(all, from));
      }),
      { numRuns: 20 },
    );
  });
});
