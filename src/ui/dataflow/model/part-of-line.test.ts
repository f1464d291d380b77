import { expect, test } from "vitest";
import { partOfLine } from "./part-of-line";

const line = [
  [0, 0],
  [10, 0],
  [10, 30],
] as const;

test("parts of a bent line", () => {
  expect(partOfLine(line, 0, 1)).toEqual([
    [0, 0],
    [10, 0],
    [10, 30],
  ]);
  expect(partOfLine(line, 0.75, 1)).toEqual([
    [10, 20],
    [10, 30],
  ]);
  expect(partOfLine(line, 0.125, 0.5)).toEqual([
    [5, 0],
    [10, 0],
    [10, 10],
  ]);
  expect(partOfLine(line, 0.4, 0.4)).toEqual([]);
});
