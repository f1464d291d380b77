import * as fc from "fast-check";
import { expect, test } from "vitest";
import { loupeWindow } from "./loupe-window";

test("the pixel is in the middle, or as near as the edge allows", () => {
  const map = { height: 111, width: 111 };
  expect(loupeWindow(map, { row: 50, column: 50 })).toEqual({ top: 43, left: 43, rows: 15, columns: 15 });
  expect(loupeWindow(map, { row: 0, column: 110 })).toEqual({ top: 0, left: 96, rows: 15, columns: 15 });
  expect(loupeWindow({ height: 7, width: 7 }, { row: 6, column: 0 })).toEqual({
    top: 0,
    left: 0,
    rows: 7,
    columns: 7,
  });
});

test("it never leaves the map and always holds the pixel", () => {
  const size = fc.integer({ min: 1, max: 60 });
  fc.assert(
    fc.property(size, size, fc.nat(), fc.nat(), (height, width, a, b) => {
      const pixel = { row: a % height, column: b % width };
      const { top, left, rows, columns } = loupeWindow({ height, width }, pixel);
      expect(Math.min(top, left)).toBeGreaterThanOrEqual(0);
      expect(top + rows).toBeLessThanOrEqual(height);
      expect(left + columns).toBeLessThanOrEqual(width);
      expect(pixel.row >= top && pixel.row < top + rows).toBe(true);
      expect(pixel.column >= left && pixel.column < left + columns).toBe(true);
    }),
  );
});
