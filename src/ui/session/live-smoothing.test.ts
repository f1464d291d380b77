import * as fc from "fast-check";
import { expect, test } from "vitest";
import { halfLifeMs, highest, LogitSmoother } from "./live-smoothing";

const logit = fc.integer({ min: -10_000, max: 10_000 });
const frames = fc.integer({ min: 1, max: 8 }).chain((classes) =>
  fc.array(
    fc.record({
      logits: fc.array(logit, { minLength: classes, maxLength: classes }),
      afterMs: fc.integer({ min: 0, max: 2000 }),
    }),
    { minLength: 1, maxLength: 12 },
  ),
);

function smoothed(of: readonly { logits: readonly number[]; afterMs: number }[]): number[] {
  const smoother = new LogitSmoother();
  let at = 0;
  let mean = new Float64Array();
  for (const { logits, afterMs } of of) {
    at += afterMs;
    mean = new Float64Array(smoother.add(Int32Array.from(logits), at));
  }
  return [...mean];
}

test("a mean lies between what it is of", () => {
  fc.assert(
    fc.property(frames, (of) => {
      smoothed(of).forEach((mean, i) => {
        const values = of.map(({ logits }) => logits[i]!);
        expect(mean).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9);
        expect(mean).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
      });
    }),
  );
});

test("what does not change is shown as it is", () => {
  fc.assert(
    fc.property(frames, ([first, ...others]) => {
      const { logits } = first!;
      expect(smoothed([first!, ...others.map((other) => ({ ...other, logits }))])).toEqual(logits);
    }),
  );
});

test("a class that is ahead in every frame is ahead in the mean", () => {
  fc.assert(
    fc.property(frames, fc.integer({ min: 1, max: 50 }), (of, lead) => {
      const led = of.map((frame) => ({
        ...frame,
        logits: [...frame.logits, Math.max(...frame.logits) + lead],
      }));
      expect(highest(Float64Array.from(smoothed(led)), 1)).toEqual([led[0]!.logits.length - 1]);
    }),
  );
});

test("it is one of time: a frame given twice within a time is the frame given once", () => {
  const start = { logits: [0], afterMs: 0 };
  const often = [start, ...Array.from({ length: 4 }, () => ({ logits: [100], afterMs: halfLifeMs / 4 }))];
  expect(smoothed([start, { logits: [100], afterMs: halfLifeMs }])[0]).toBeCloseTo(50, 9);
  expect(smoothed(often)[0]).toBeCloseTo(50, 9);
});

test("after a long pause, or another model, the newest frame stands alone", () => {
  expect(
    smoothed([
      { logits: [900], afterMs: 0 },
      { logits: [-7], afterMs: 60_000 },
    ])[0],
  ).toBeCloseTo(-7, 6);
  const smoother = new LogitSmoother();
  smoother.add(Int32Array.of(5, 5), 0);
  expect([...smoother.add(Int32Array.of(1, 2, 3), 1)]).toEqual([1, 2, 3]);
});

test("the highest are those of a stable sort", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 6 })), fc.integer({ min: 1, max: 6 }), (values, count) => {
      const sorted = values.map((_, i) => i).toSorted((a, b) => values[b]! - values[a]!);
      expect(highest(Float64Array.from(values), count)).toEqual(sorted.slice(0, count));
    }),
  );
});
