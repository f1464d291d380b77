import { expect, test } from "vitest";
import { spread } from "./statistics";

test("median and quartiles of a known list", () => {
  expect(spread([5, 1, 4, 2, 3])).toEqual({ median: 3, min: 1, max: 5, quartiles: [2, 4] });
  expect(spread([1, 2])).toEqual({ median: 1.5, min: 1, max: 2, quartiles: [1.25, 1.75] });
  expect(() => spread([])).toThrow("no values");
});
