import * as fc from "fast-check";
import { expect, test } from "vitest";
import { barScale } from "./bar-scale";

test("positive numbers start at the left, the highest fills the track", () => {
  const bar = barScale([400, 100]);
  expect(bar(400)).toEqual({ from: 0, to: 1 });
  expect(bar(100)).toEqual({ from: 0, to: 0.25 });
});

test("negative numbers reach left of zero", () => {
  const bar = barScale([100, -100]);
  expect(bar(100)).toEqual({ from: 0.5, to: 1 });
  expect(bar(-100)).toEqual({ from: 0, to: 0.5 });
});

test("all zero draws nothing", () => {
  expect(barScale([0, 0])(0)).toEqual({ from: 0, to: 0 });
});

test("lengths are in proportion to the numbers", () => {
  const logits = fc.array(fc.integer({ min: -10_000, max: 10_000 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(logits, (values) => {
      const bar = barScale(values);
      const range = Math.max(0, ...values) - Math.min(0, ...values);
      for (const value of values) {
        const { from, to } = bar(value);
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeLessThanOrEqual(1);
        expect((to - from) * range).toBeCloseTo(Math.abs(value), 6);
      }
    }),
  );
});
