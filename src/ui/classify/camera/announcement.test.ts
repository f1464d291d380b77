import * as fc from "fast-check";
import { expect, test } from "vitest";
import { isToBeSaid, quietMs, type Said } from "./announcement";

test("the first class is said at once, and the same one not again", () => {
  expect(isToBeSaid(null, 388, 0)).toBe(true);
  expect(isToBeSaid({ index: 388, atMs: 0 }, 388, 60_000)).toBe(false);
});

test("however classes change, some seconds lie between what is said", () => {
  const frames = fc.array(fc.record({ index: fc.integer({ min: 0, max: 3 }), afterMs: fc.nat(3000) }), {
    minLength: 1,
  });
  fc.assert(
    fc.property(frames, (of) => {
      const times: number[] = [];
      let said: Said | null = null;
      let now = 0;
      for (const { index, afterMs } of of) {
        now += afterMs;
        if (!isToBeSaid(said, index, now)) continue;
        said = { index, atMs: now };
        times.push(now);
      }
      expect(times.length).toBeGreaterThan(0);
      for (let i = 1; i < times.length; i++)
        expect(times[i]! - times[i - 1]!).toBeGreaterThanOrEqual(quietMs);
    }),
  );
});

test("a class that stays is said in the end", () => {
  expect(isToBeSaid({ index: 1, atMs: 1000 }, 2, 1000 + quietMs - 1)).toBe(false);
  expect(isToBeSaid({ index: 1, atMs: 1000 }, 2, 1000 + quietMs)).toBe(true);
});
