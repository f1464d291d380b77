import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fineWindow } from "./fine-window";

test("it has room on both sides, and cycles near each other share it", () => {
  fc.assert(
    fc.property(fc.nat(5_000_000), fc.integer({ min: 1, max: 20_000 }), (from, length) => {
      const window = fineWindow(from, from + length);
      expect(window.from).toBeLessThanOrEqual(Math.max(0, from - 4096));
      expect(window.to).toBeGreaterThanOrEqual(from + length + 4096);
    }),
  );
  expect(fineWindow(8192)).toEqual(fineWindow(12_287));
  expect(fineWindow(0)).toEqual({ from: 0, to: 8192 });
});
