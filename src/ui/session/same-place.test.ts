import fc from "fast-check";
import { expect, test } from "vitest";
import { samePlace } from "./same-place";

/** Frames that come in every `interval` cycles, and are through `latency` cycles after their first pixel. */
function timed(frames: number, interval: number, latency: number) {
  const times = Array.from({ length: frames }, (_, i) => {
    const firstIn = i * interval;
    const lastOut = firstIn + latency - 1;
    return { firstIn, lastIn: firstIn + interval - 1, firstOut: lastOut, lastOut };
  });
  return { frames: times, cycles: (times.at(-1)?.lastOut ?? 99) + 1 };
}

test("half of frame 3 stays half of frame 3, on a board ten times as slow", () => {
  expect(samePlace(250, timed(9, 100, 400), timed(9, 1000, 4000))).toBe(2500);
});

test("a frame that was the last one before goes on being followed behind its own pixels", () => {
  expect(samePlace(350, timed(3, 100, 400), timed(9, 1000, 4000))).toBe(3500);
});

test("a frame that the other simulation does not have has no place in it", () => {
  expect(samePlace(450, timed(9, 100, 400), timed(3, 1000, 4000))).toBeNull();
});

test("without frames the cycle stays what it is, within the simulation", () => {
  expect(samePlace(20, timed(0, 1, 1), timed(3, 100, 400))).toBe(20);
  expect(samePlace(50, timed(3, 100, 400), timed(0, 1, 1))).toBeNull();
});

test("in the same simulation every cycle is its own place, and later ones are never earlier", () => {
  const simulation = fc.record({
    frames: fc.integer({ min: 1, max: 9 }),
    interval: fc.integer({ min: 1, max: 5000 }),
    more: fc.integer({ min: 0, max: 9000 }),
  });
  fc.assert(
    fc.property(simulation, simulation, fc.nat(), (a, b, pick) => {
      const before = timed(a.frames, a.interval, a.interval + a.more);
      const after = timed(9, b.interval, b.interval + b.more);
      const cycle = pick % before.cycles;
      expect(samePlace(cycle, before, before)).toBe(cycle);
      const [here, next] = [samePlace(cycle, before, after), samePlace(cycle + 1, before, after)];
      expect(next ?? -1).toBeGreaterThanOrEqual(here ?? 0);
      expect(here).toBeLessThan(after.cycles);
    }),
  );
});
