import fc from "fast-check";
import { expect, test } from "vitest";
import { newComparison, withFrame } from "./comparison";
import { endpointTotal } from "./latency-parts";
import { plottedColumns } from "./plotted";
import { testFrame, testSetup } from "./testing/frames";

test("times grow, whatever the clock does, and each frame has its value", () => {
  const clock = fc.array(fc.integer({ min: 1_700_000_000_000, max: 1_700_000_000_050 }), { minLength: 1 });
  fc.assert(
    fc.property(clock, (clockTimes) => {
      const { records } = clockTimes.reduce(
        (comparison, takenAt, i) => {
          const latency = { totalMs: i, networkMs: null, queueMs: null, deviceMs: null };
          const endpoint = { top: [1], latency, parameters: {}, parametersLeftOut: 0 };
          return withFrame(comparison, testFrame(i + 1, [1], [1], { takenAt, endpoint }));
        },
        newComparison(testSetup, 0),
      );
      const [times, totals] = plottedColumns(records, [endpointTotal]);
      expect(times.every((time, i) => i === 0 || time > times[i - 1]!)).toBe(true);
      expect(totals).toEqual(clockTimes.map((_, i) => i));
    }),
  );
});
