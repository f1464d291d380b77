import { expect, test } from "vitest";
import { parsePreprocessing } from "./preprocessing";

test.each(["auto", "none"])("%s", (text) => {
  expect(parsePreprocessing(text)).toBe(text);
});

test("range, means and deviations", () => {
  expect(parsePreprocessing("255:0.485,0.456,0.406:0.226")).toEqual({
    range: 255,
    mean: [0.485, 0.456, 0.406],
    deviation: [0.226],
  });
});

test.each([
  "imagenet",
  "255",
  "255:0.5",
  "255:0.5:1:2",
  "1,2:0.5:1",
  "255:0.5,:1",
  "0:0.5:1",
  "255:0.5:0",
  "1:1,2,3:1,2",
])("%s is refused", (text) => {
  expect(() => parsePreprocessing(text)).toThrow();
});
