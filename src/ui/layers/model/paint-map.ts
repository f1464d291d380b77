import type { FeatureMap } from "./feature-map";
import { type MosaicLayout, tileCorner } from "./mosaic-layout";
import { type Scale, shade } from "./shades";

/** RGBA bytes of a picture, row by row. */
export interface Pixels {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/** Paints channels as tiles, one pixel a value, a tile a step; the rest of `into` stays as it is. */
export function* paintMosaic(
  map: FeatureMap,
  scale: Scale,
  layout: MosaicLayout,
  into: Pixels,
): Generator<void, void> {
  const colours = colourTable(scale);
  for (let tile = 0; tile < layout.tiles; tile++) {
    const { x, y } = tileCorner(layout, tile);
    paintChannel(map, tile, colours, into, x, y);
    yield;
  }
}

/** Paints one channel at (`left`, `top`). */
export function paintChannel(
  { data, offset, rowStride, columnStride, height, width }: FeatureMap,
  channel: number,
  { low, steps, table }: ColourTable,
  into: Pixels,
  left = 0,
  top = 0,
): void {
  for (let y = 0; y < height; y++) {
    let from = offset + y * rowStride + channel;
    let to = ((top + y) * into.width + left) * 4;
    for (let x = 0; x < width; x++, from += columnStride, to += 4) {
      const entry = Math.round((data[from]! - low) * steps) * 3;
      into.data[to] = table[entry]!;
      into.data[to + 1] = table[entry + 1]!;
      into.data[to + 2] = table[entry + 2]!;
      into.data[to + 3] = 255;
    }
  }
}

/** Colours by value: entry `(value - low) * steps` of `table`, three bytes each. */
export interface ColourTable {
  readonly low: number;
  readonly steps: number;
  readonly table: Uint8Array;
}

export function colourTable({ low, high }: Scale): ColourTable {
  const key = `${low} ${high}`;
  const known = tables.get(key);
  if (known) return known;
  const range = high - low;
  // One entry a value; a wide range is drawn in 1024 steps.
  const entries = Math.min(Math.max(1, range), 1023);
  const table = new Uint8Array((entries + 1) * 3);
  for (let entry = 0; entry <= entries; entry++) {
    table.set(shade({ low, high }, low + (entry * range) / entries), entry * 3);
  }
  const made = { low, steps: range > 0 ? entries / range : 0, table };
  tables.set(key, made);
  return made;
}

/** A few types come again and again, in every picture. */
const tables = new Map<string, ColourTable>();

/** Paints all channels of one pixel side by side. */
export function paintPixel(
  { data, offset, rowStride, columnStride, channels }: FeatureMap,
  row: number,
  column: number,
  { low, steps, table }: ColourTable,
  into: Pixels,
): void {
  const from = offset + row * rowStride + column * columnStride;
  for (let c = 0; c < channels; c++) {
    const entry = Math.round((data[from + c]! - low) * steps) * 3;
    into.data.set(table.subarray(entry, entry + 3), c * 4);
    into.data[c * 4 + 3] = 255;
  }
}
