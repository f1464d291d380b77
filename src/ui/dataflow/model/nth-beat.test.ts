import * as fc from "fast-check";
import { expect, test } from "vitest";
import { beatToStepTo, binOfBeat } from "./nth-beat";

/** Running totals of so many beats a bin, after `before`. */
function totalsOf(beats: readonly number[], before = 0): Uint32Array {
  let sum = before;
  return Uint32Array.from([before, ...beats.map((count) => (sum += count))]);
}
const beats = fc.array(fc.nat(3), { minLength: 1, maxLength: 40 });

test("every beat is found in the bin it moves in, and none outside", () => {
  fc.assert(
    fc.property(beats, fc.nat(100), (counts, before) => {
      const totals = totalsOf(counts, before);
      const where = counts.flatMap((count, bin) => Array.from({ length: count }, () => bin));
      for (const [i, bin] of where.entries()) expect(binOfBeat(totals, before + i + 1)).toBe(bin);
      expect(binOfBeat(totals, before)).toBeNull();
      expect(binOfBeat(totals, before + where.length + 1)).toBeNull();
    }),
  );
});

test("a step on is to the next cycle with a beat, a step back to the last", () => {
  const totals = totalsOf([0, 1, 0, 0, 1, 1, 0]);
  const step = (bin: number, direction: 1 | -1) => binOfBeat(totals, beatToStepTo(totals, bin, direction));
  expect(step(0, 1)).toBe(1);
  expect(step(1, 1)).toBe(4);
  expect(step(2, 1)).toBe(4);
  expect(step(4, -1)).toBe(1);
  expect(step(3, -1)).toBe(1);
  expect(step(6, -1)).toBe(5);
  expect(beatToStepTo(totals, 1, -1)).toBe(0);
});

test("a row on ends with the row's last beat", () => {
  const totals = totalsOf(Array.from({ length: 12 }, () => 1));
  const step = (bin: number, direction: 1 | -1) => binOfBeat(totals, beatToStepTo(totals, bin, direction, 4));
  expect(step(0, 1)).toBe(3);
  expect(step(3, 1)).toBe(7);
  expect(step(7, -1)).toBe(3);
  expect(step(9, -1)).toBe(7);
});
