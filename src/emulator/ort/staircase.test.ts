import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "../testing/random";
import { fitStaircase, type InputRange, type Staircase } from "./staircase";

const count = (thresholds: readonly number[], x: number) => thresholds.filter((t) => t <= x).length;
const clip = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high);

/** The line in float32 with two roundings, as separate Mul and Add give it. */
const twoRoundings = ({ scale, offset }: Staircase, x: number) =>
  Math.fround(Math.fround(scale * x) + offset);

/** The line in float32 with one rounding, as a fused multiply-add gives it. */
function fused({ scale, offset }: Staircase, x: number): number {
  // The product is exact in double; so is sum + error. A sum rounded to odd first does not
  // lose what the second rounding needs to know.
  const product = scale * x;
  const sum = product + offset;
  const part = sum - product;
  const error = product - (sum - part) + (offset - part);
  if (error === 0) return Math.fround(sum);
  const bits = new BigInt64Array(new Float64Array([sum]).buffer);
  const even = ((bits[0] ?? 0n) & 1n) === 0n;
  if (even) bits[0] = (bits[0] ?? 0n) + (error > 0 === sum > 0 ? 1n : -1n);
  return Math.fround(new Float64Array(bits.buffer)[0] ?? 0);
}

function expectExact(line: Staircase, thresholds: readonly number[], actVal: number, range: InputRange) {
  // Around every threshold, and at both ends; in between nothing changes.
  const near = thresholds.flatMap((t) => [t - 1, t, t + 1]).filter((x) => x >= range.min && x <= range.max);
  for (const x of [range.min, ...near, range.max]) {
    const expected = actVal + count(thresholds, x);
    expect(clip(Math.floor(twoRoundings(line, x)), line.low, line.high)).toBe(expected);
    expect(clip(Math.floor(fused(line, x)), line.low, line.high)).toBe(expected);
  }
}

/** Thresholds of a uniform quantizer behind `gain * x + bias`. */
const uniform = (steps: number, gain: number, bias: number) =>
  Array.from({ length: steps }, (_, i) => Math.ceil((i + 0.5 - bias) / gain));

const quantizer = fc
  .record({
    steps: fc.integer({ min: 1, max: 255 }),
    gain: fc.double({ min: 1e-4, max: 4, noNaN: true }),
    bias: fc.double({ min: -300, max: 300, noNaN: true }),
  })
  .map(({ steps, gain, bias }) => uniform(steps, gain, bias));

const anyThresholds = fc
  .array(fc.integer({ min: -3000, max: 3000 }), { minLength: 1, maxLength: 20 })
  .map((values) => values.sort((a, b) => a - b));

const range = fc
  .tuple(fc.integer({ min: -(2 ** 24), max: 0 }), fc.integer({ min: 0, max: 2 ** 24 - 1 }))
  .map(([min, max]) => ({ min, max }));
const actVal = fc.constantFrom(0, 0, -1, -128, -8);

describe("fitStaircase", () => {
  it("is exact whenever it answers", () => {
    fc.assert(
      fc.property(fc.oneof(quantizer, anyThresholds), range, actVal, (thresholds, inputs, start) => {
        const line = fitStaircase(thresholds, start, inputs);
        if (line) expectExact(line, thresholds, start, inputs);
      }),
      { numRuns: 1000 },
    );
  });

  it("answers for the 4-bit quantizers of a trained network", () => {
    // Gains as a network's layers have them; now and then the gap is below float32's rounding.
    const random = new Random(1);
    const answered = Array.from({ length: 2000 }, () => {
      const gain = 2 ** -random.integer(1, 10) * (1 + random.integer(0, 999) / 1000);
      const thresholds = uniform(15, gain, random.integer(-20_000, 20_000) / 1000);
      return fitStaircase(thresholds, 0, { min: -(2 ** 17), max: 2 ** 17 }) !== null;
    });
    expect(answered.filter(Boolean).length).toBeGreaterThan(1990);
  });

  it("refuses uneven steps that no line climbs", () => {
    expect(fitStaircase([0, 1, 2, 50, 51, 52], 0, { min: -100, max: 100 })).toBeNull();
  });

  it("does not care where steps lie that no input reaches", () => {
    const inputs = { min: -100, max: 100 };
    const thresholds = [-1e6, -1e6, 5, 10, 1e6];
    const line = fitStaircase(thresholds, 0, inputs);
    expect(line).toMatchObject({ low: 2, high: 4 });
    if (line) expectExact(line, thresholds, 0, inputs);
    expect(fitStaircase([101, 300], -2, inputs)).toEqual({ scale: 0, offset: -2, low: -2, high: -2 });
    expect(fitStaircase([-200, -100], 0, inputs)).toEqual({ scale: 0, offset: 2, low: 2, high: 2 });
  });

  it("climbs several steps at once", () => {
    const line = fitStaircase([7, 7, 7], 0, { min: -100, max: 100 });
    expect(line && [6, 7].map((x) => clip(Math.floor(twoRoundings(line, x)), line.low, line.high))).toEqual([
      0, 3,
    ]);
  });
});
