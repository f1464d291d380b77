import { expect, test } from "vitest";
import { longestGapMs, paced } from "./pace";
import { rateOf } from "./rate";

test("a rate is of the answers since the last gap", () => {
  const before = [0, 100, 200].reduce(paced, [] as readonly number[]);
  expect(rateOf(before)).toBe(10);
  const back = 200 + longestGapMs + 1;
  expect(paced(before, back)).toEqual([back]);
  expect(rateOf(paced(paced(before, back), back + 50))).toBe(20);
});

test("of answers that go on the newest count", () => {
  const times = Array.from({ length: 80 }, (_, i) => i * longestGapMs);
  expect(times.reduce(paced, [] as readonly number[])).toEqual(times.slice(-30));
});
