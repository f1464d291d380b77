import { expect, test } from "vitest";
import { takesPhotos } from "./takes-photos";

test.each([
  [[1, 224, 224, 3], "UINT8", true],
  [[1, 32, 32, 3], "UINT8", true],
  [[1, 224, 160, 3], "UINT8", false],
  [[1, 28, 28, 1], "UINT8", false],
  [[1, 32, 32, 3], "INT8", false],
  [[1, 784], "UINT8", false],
] as const)("%j of %s: %s", (shape, datatype, takes) => expect(takesPhotos(shape, datatype)).toBe(takes));
