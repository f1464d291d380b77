import fc from "fast-check";
import { expect, test } from "vitest";
import { accumulatorRange } from "./accumulator";
import { dataType, int, uint } from "./datatype";
import { constant } from "./testing/tiny-graph";

test("the range is reached by the worst input of the worst neuron", () => {
  const weights = constant(int(4), [2, 3], [1, -2, 3, 7, 7, 7]);
  expect(accumulatorRange(weights, uint(4))).toEqual({ min: -30, max: 315 });
  expect(accumulatorRange(weights, int(4))).toEqual({ min: -168, max: 147 });
  expect(accumulatorRange(weights, dataType("BIPOLAR"))).toEqual({ min: -21, max: 21 });
});

test("no input leaves the range", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: -8, max: 7 }), fc.integer({ min: 0, max: 15 })), { minLength: 1 }),
      (pairs) => {
        const weights = constant(
          int(4),
          [1, pairs.length],
          pairs.map(([w]) => w),
        );
        const { min, max } = accumulatorRange(weights, uint(4));
        const sum = pairs.reduce((total, [w, x]) => total + w * x, 0);
        expect(sum >= min && sum <= max).toBe(true);
      },
    ),
  );
});
