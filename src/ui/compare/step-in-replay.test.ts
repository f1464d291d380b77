import { expect, test } from "vitest";
import { newComparison, withFrame } from "./model/comparison";
import { withMismatch } from "./model/mismatches";
import { testFrame, testSetup } from "./model/testing/frames";
import { stepInReplay } from "./step-in-replay";

const numbers = Array.from({ length: 80 }, (_, i) => i + 1);
/** Frame 2 differs, and has left the ring of the newest 60. */
const frames = numbers.map((number) => testFrame(number, [1], [number === 2 ? 9 : 1]));
const comparison = frames.reduce(withFrame, newComparison(testSetup, 0));
const mismatches = frames.reduce(withMismatch, []);

test("steps through the kept frames and stops at both ends", () => {
  expect(stepInReplay({ comparison, mismatches, replayed: null }, -1)).toBe(79);
  expect(stepInReplay({ comparison, mismatches, replayed: null }, 1)).toBeNull();
  expect(stepInReplay({ comparison, mismatches, replayed: 50 }, 1)).toBe(51);
  expect(stepInReplay({ comparison, mismatches, replayed: 50 }, -1)).toBe(49);
  expect(stepInReplay({ comparison, mismatches, replayed: 21 }, -1)).toBeNull();
});

test("from an older mismatch the way on leads to the oldest kept frame", () => {
  expect(stepInReplay({ comparison, mismatches, replayed: 2 }, 1)).toBe(21);
  expect(stepInReplay({ comparison, mismatches, replayed: 2 }, -1)).toBeNull();
});

test("without frames there is nowhere to step", () => {
  expect(stepInReplay({ comparison: null, mismatches: [], replayed: null }, 1)).toBeNull();
  expect(
    stepInReplay({ comparison: newComparison(testSetup, 0), mismatches: [], replayed: null }, -1),
  ).toBeNull();
});
