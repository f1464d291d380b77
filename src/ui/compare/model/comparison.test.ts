import fc from "fast-check";
import { expect, test } from "vitest";
import { bounds, type Comparison, isSameSetup, newComparison, withFrame, withUnanswered } from "./comparison";
import { testFrame, testSetup } from "./testing/frames";

const begun = newComparison(testSetup, 0);
const compared = (pairs: readonly (readonly [number[], number[]])[]): Comparison =>
  pairs.reduce((comparison, [left, right], i) => withFrame(comparison, testFrame(i + 1, left, right)), begun);

test("counts each sense of agreement on its own", () => {
  const { counts, recent } = compared([
    [
      [1, 2, 3],
      [1, 2, 3],
    ],
    [
      [1, 2, 3],
      [1, 3, 2],
    ],
    [
      [1, 2, 3],
      [1, 2, 4],
    ],
    [
      [1, 2, 3],
      [2, 1, 3],
    ],
  ]);
  expect(counts).toEqual({ compared: 4, sameFirst: 3, sameSet: 3, sameOrder: 1, unanswered: 0 });
  expect(recent.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
});

test("whatever comes: counts are of all frames, lists are bounded", () => {
  const top = fc.uniqueArray(fc.integer({ min: 0, max: 3 }), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(fc.array(fc.tuple(top, top), { maxLength: 150 }), (pairs) => {
      const { counts, records, recent } = compared(pairs);
      expect(counts.compared).toBe(pairs.length);
      expect(counts.sameOrder).toBe(pairs.filter(([a, b]) => a.join() === b.join()).length);
      expect(counts.sameOrder).toBeLessThanOrEqual(Math.min(counts.sameFirst, counts.sameSet));
      expect(records).toHaveLength(Math.min(pairs.length, bounds.records));
      expect(recent).toHaveLength(Math.min(pairs.length, bounds.recent));
    }),
    { numRuns: 30 },
  );
});

test("records hold no pictures, so that many can be kept", () => {
  const { records, recent } = compared([[[1], [1]]]);
  expect(records[0]).not.toHaveProperty("input");
  expect(records[0]).not.toHaveProperty("setup");
  expect(recent[0]?.input).toEqual(Uint8Array.of(1));
});

test("an unanswered frame is no disagreement", () => {
  const frame = {
    number: 1,
    takenAt: 0,
    fault: "unreachable",
    status: null,
    message: "Nothing answers.",
  } as const;
  const { counts, unanswered } = withUnanswered(begun, frame);
  expect(counts).toMatchObject({ compared: 0, unanswered: 1 });
  expect(unanswered).toEqual([frame]);
});

test("another model, engine or server is another setup", () => {
  const { model, endpoint } = testSetup;
  expect(isSameSetup(testSetup, structuredClone(testSetup))).toBe(true);
  const again = { ...model, engine: { ...model.engine, calibrationMs: { pointwise: 3 } } };
  expect(isSameSetup(testSetup, { endpoint, model: again })).toBe(true);
  expect(isSameSetup(testSetup, { endpoint, model: { ...model, checksum: "cd" } })).toBe(false);
  expect(
    isSameSetup(testSetup, { endpoint, model: { ...model, engine: { ...model.engine, backend: "ort" } } }),
  ).toBe(false);
  expect(isSameSetup(testSetup, { model, endpoint: { ...endpoint, address: "http://other" } })).toBe(false);
});
