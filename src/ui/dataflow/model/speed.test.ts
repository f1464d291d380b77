import { expect, test } from "vitest";
import { fastest, slowest } from "../../state/streaming-slice";
import { describeSpeed, speedOfStep, speedSteps, stepOfSpeed } from "./speed";

test("the slider goes from the slowest speed to the fastest, and back", () => {
  expect(speedOfStep(0)).toBe(slowest);
  expect(speedOfStep(speedSteps)).toBeCloseTo(fastest, 0);
  for (let step = 0; step <= speedSteps; step++) expect(stepOfSpeed(speedOfStep(step))).toBe(step);
});

test("speed in words", () => {
  expect(describeSpeed(1, 112_658, 3)).toBe("1 cycles/s, 330,000,000 times slower than the board");
  expect(describeSpeed(112_658, 112_658, 3)).toBe("112.7 k cycles/s, 1.0 frames/s");
  expect(describeSpeed(2e6, 112_658, 3)).toBe("2.0 M cycles/s, 18 frames/s");
});
