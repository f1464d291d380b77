import fc from "fast-check";
import { expect, test } from "vitest";
import { summarise } from "./summarise";

const values = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 200 });

test("percentiles by nearest rank", () => {
  const hundred = Array.from({ length: 100 }, (_, i) => i + 1);
  expect(summarise(hundred)).toEqual({ count: 100, least: 1, median: 50, p95: 95, most: 100 });
  expect(summarise([3])).toEqual({ count: 1, least: 3, median: 3, p95: 3, most: 3 });
  expect(summarise([])).toBeNull();
});

test("each figure was measured, and a share of the values lies at or below it", () => {
  fc.assert(
    fc.property(values, (measured) => {
      const summary = summarise(measured)!;
      for (const [share, figure] of [
        [0.5, summary.median],
        [0.95, summary.p95],
      ] as const) {
        expect(measured).toContain(figure);
        const atOrBelow = measured.filter((value) => value <= figure).length;
        const below = measured.filter((value) => value < figure).length;
        expect(atOrBelow).toBeGreaterThanOrEqual(share * measured.length);
        expect(below).toBeLessThan(share * measured.length);
      }
      expect(summary.least).toBe(Math.min(...measured));
      expect(summary.most).toBe(Math.max(...measured));
    }),
  );
});

test("the order of measuring does not matter", () => {
  fc.assert(
    fc.property(values, (measured) => {
      expect(summarise([...measured].reverse())).toEqual(summarise(measured));
    }),
  );
});
