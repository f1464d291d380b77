import fc from "fast-check";
import { expect, test } from "vitest";
import { mismatchBound, withMismatch } from "./mismatches";
import { testFrame } from "./testing/frames";

test("keeps the newest of those that differ in some sense, and no other", () => {
  const top = fc.uniqueArray(fc.integer({ min: 0, max: 3 }), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(fc.array(fc.tuple(top, top), { maxLength: 120 }), (pairs) => {
      const frames = pairs.map(([left, right], i) => testFrame(i + 1, left, right));
      const differing = frames.filter((_, i) => pairs[i]?.[0].join() !== pairs[i]?.[1].join());
      expect(frames.reduce(withMismatch, [])).toEqual(differing.slice(-mismatchBound));
    }),
    { numRuns: 30 },
  );
});
