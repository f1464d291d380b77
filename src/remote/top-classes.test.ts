import { expect, test } from "vitest";
import { topClasses } from "./top-classes";

const read = (values: number[], batch: number) =>
  topClasses(values, { batch, classes: 1000 }, (wrong) => {
    throw new Error(wrong);
  });

test("five an image, in order", () => {
  expect(read([5, 4, 3, 2, 1, 999, 0, 7, 8, 9], 2)).toEqual([
    [5, 4, 3, 2, 1],
    [999, 0, 7, 8, 9],
  ]);
});

test.each([
  [[1, 2, 3, 4], 1, /4 numbers, not 5/],
  [[1, 2, 3, 4, 5, 6], 1, /6 numbers, not 5/],
  [[1, 2, 3, 4, 1000], 1, /class 1000; there are only 0 to 999/],
  [[1, 2, 3, 4, -1], 1, /class -1/],
  [[1, 2, 3, 4, 5, 1, 2, 3, 2, 5], 2, /class 2 twice/],
])("%j is refused", (values, batch, sentence) => {
  expect(() => read(values, batch)).toThrow(sentence);
});
