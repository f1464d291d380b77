import * as fc from "fast-check";
import { expect, test } from "vitest";
import { niceScale } from "./nice-scale";

test.each([
  [111_340, [0, 50_000, 100_000, 150_000]],
  [200_704, [0, 100_000, 200_000, 300_000]],
  [1, [0, 0.5, 1]],
  [4, [0, 1, 2, 3, 4]],
])("%d", (max, ticks) => expect(niceScale(max).ticks).toEqual(ticks));

test("it holds what it is for, and not much more", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e9 }), (max) => {
      const { top, ticks } = niceScale(max);
      expect(top).toBeGreaterThanOrEqual(max);
      expect(top).toBeLessThanOrEqual(2 * max);
      expect(ticks.length).toBeLessThanOrEqual(6);
      expect(ticks.at(-1)).toBe(top);
    }),
  );
});
