import fc from "fast-check";
import { expect, it } from "vitest";
import { dispatchSize } from "./gpu-step";

it("folds any number of workgroups into dimensions of at most 65535", () => {
  expect(dispatchSize(1)).toEqual([1, 1]);
  expect(dispatchSize(65535)).toEqual([65535, 1]);
  expect(dispatchSize(65536)).toEqual([65535, 2]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 31 }), (workgroups) => {
      const [x, y] = dispatchSize(workgroups);
      expect(Math.max(x, y)).toBeLessThanOrEqual(65535);
      expect(x * y).toBeGreaterThanOrEqual(workgroups);
      expect(x * (y - 1)).toBeLessThan(workgroups);
    }),
  );
});
