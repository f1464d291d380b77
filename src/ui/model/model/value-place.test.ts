import { expect, test } from "vitest";
import { valuePlace } from "./value-place";

test("a place in a map and in a vector", () => {
  expect(valuePlace((2 * 5 + 4) * 3 + 1, [1, 4, 5, 3])).toBe("row 2, column 4, channel 1");
  expect(valuePlace(7, [1, 10])).toBe("value 7");
  expect(valuePlace(7, undefined)).toBe("value 7");
});
