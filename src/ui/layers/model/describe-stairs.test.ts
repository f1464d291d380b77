import { expect, test } from "vitest";
import { describeStairs } from "./describe-stairs";

test("thresholds alone, and with accumulators", () => {
  const stairs = "3 thresholds from −5 to 10: the output is 0 below the first and 3 from the last on.";
  expect(describeStairs([-5, 0, 10], 0, null)).toBe(stairs);
  expect(describeStairs([-5, 0, 10], 0, Int32Array.from([-6, -6, 10, 3]))).toBe(
    `${stairs} For this photo 50 % of the accumulators are below the first, 25 % reach the last.`,
  );
  expect(describeStairs([], 0, null)).toBe("There are none.");
});
