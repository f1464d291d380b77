import * as fc from "fast-check";
import { expect, test } from "vitest";
import { int, uint } from "../../../graph/datatype";
import { runToEnd } from "../../testing/run-to-end";
import { mosaicLayout, tileAt, tileCorner } from "./mosaic-layout";
import { paintMosaic } from "./paint-map";
import { cssColour, scaleOf, shade, wantsDarkText } from "./shades";

test("a thousand small maps come close to the wanted shape", () => {
  expect(mosaicLayout(1024, 7, 7)).toMatchObject({ columns: 38, rows: 27, gap: 1, width: 303, height: 215 });
  expect(mosaicLayout(1024, 1, 1)).toMatchObject({ columns: 38, rows: 27, gap: 0, width: 38, height: 27 });
  expect(mosaicLayout(3, 224, 224)).toMatchObject({ columns: 2, rows: 2 });
  expect(mosaicLayout(1, 5, 5)).toMatchObject({ columns: 1, rows: 1, width: 5, height: 5 });
});

const layouts = fc
  .record({
    tiles: fc.integer({ min: 1, max: 1200 }),
    width: fc.integer({ min: 1, max: 60 }),
    height: fc.integer({ min: 1, max: 60 }),
  })
  .map(({ tiles, width, height }) => mosaicLayout(tiles, width, height));

test("every pixel of a tile belongs to it, inside the whole", () => {
  fc.assert(
    fc.property(layouts, fc.nat(), fc.nat(), fc.nat(), (layout, a, b, c) => {
      const tile = a % layout.tiles;
      const { x, y } = tileCorner(layout, tile);
      expect(tileAt(layout, x + (b % layout.tileWidth), y + (c % layout.tileHeight))).toBe(tile);
      expect(x + layout.tileWidth).toBeLessThanOrEqual(layout.width);
      expect(y + layout.tileHeight).toBeLessThanOrEqual(layout.height);
    }),
  );
});

test("beside the tiles is nothing", () => {
  const layout = mosaicLayout(3, 10, 10);
  expect(tileAt(layout, -1, 0)).toBeNull();
  expect(tileAt(layout, 15, 15)).toBeNull();
  expect(tileAt(layout, 0, layout.height)).toBeNull();
});

test("each value has its colour at its place, and gaps stay clear", () => {
  // 2x1 pixels of two channels: channel 0 is (0, 15), channel 1 is (15, 0).
  const map = {
    height: 1,
    width: 2,
    channels: 2,
    data: Uint8Array.from([0, 15, 15, 0]),
    offset: 0,
    rowStride: 4,
    columnStride: 2,
  };
  const layout = { columns: 2, rows: 1, gap: 1, tileWidth: 2, tileHeight: 1, tiles: 2, width: 5, height: 1 };
  const scale = scaleOf(uint(4), map);
  const into = { data: new Uint8ClampedArray(5 * 4), width: 5, height: 1 };
  runToEnd(paintMosaic(map, scale, layout, into));
  const colours = Array.from({ length: 5 }, (_, x) => [...into.data.subarray(x * 4, x * 4 + 4)]);
  const [zero, most] = [
    [...shade(scale, 0), 255],
    [...shade(scale, 15), 255],
  ];
  expect(colours).toEqual([zero, most, [0, 0, 0, 0], most, zero]);
});

test("a scale ends where the type ends; a wide type's where its values end", () => {
  expect(scaleOf(uint(4), { data: Uint8Array.from([1]) })).toEqual({ low: 0, high: 15 });
  expect(scaleOf(int(4), { data: Int8Array.from([1]) })).toEqual({ low: -8, high: 8 });
  expect(scaleOf(int(15), { data: Int16Array.from([-300, 200]) })).toEqual({ low: -300, high: 300 });
});

test("colours get lighter with the value, and numbers on them stay readable", () => {
  const scale = { low: 0, high: 15 };
  const light = Array.from({ length: 16 }, (_, value) => shade(scale, value).reduce((a, b) => a + b));
  expect(light).toEqual(light.toSorted((a, b) => a - b));
  expect([wantsDarkText(scale, 0), wantsDarkText(scale, 15)]).toEqual([false, true]);
  expect(cssColour({ low: -8, high: 8 }, 99)).toBe(cssColour({ low: -8, high: 8 }, 8));
});
