import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dataType, int, uint } from "../../graph/datatype";
import { Random } from "../testing/random";
import { isDense, mapLayout, packMap, unpackMap } from "./layout";

describe("map layouts", () => {
  it("packs what fits a byte, signed or not, four channels a word", () => {
    for (const datatype of [uint(1), uint(4), uint(8), int(2), int(8), dataType("BIPOLAR")]) {
      expect(mapLayout({ shape: [1, 2, 3, 5], datatype })).toMatchObject({ form: "packed", words: 2 });
    }
  });

  it("gives wider values a word each", () => {
    for (const datatype of [uint(9), int(9), int(32)]) {
      expect(mapLayout({ shape: [1, 5], datatype })).toMatchObject({
        form: "wide",
        words: 5,
        height: 1,
        width: 1,
      });
    }
  });

  it("puts the first channel in the lowest byte", () => {
    const layout = mapLayout({ shape: [1, 1, 2, 3], datatype: int(8) });
    const [first, second] = packMap(layout, Int8Array.of(1, -2, 3, 4, 5, 6));
    expect(first! & 0xffffff).toBe(0x03fe01);
    expect(second! & 0xffffff).toBe(0x060504);
  });

  it("is dense without padding, or with padding only behind the last value", () => {
    const dense = (shape: number[], datatype = uint(4)) => isDense(mapLayout({ shape, datatype }));
    expect(dense([1, 3, 3, 8])).toBe(true);
    expect(dense([1, 3, 3, 7])).toBe(false);
    expect(dense([1, 7])).toBe(true);
    expect(dense([1, 3, 3, 7], int(16))).toBe(true);
  });

  it("unpacks what it packed, whatever the type and shape", () => {
    const side = fc.integer({ min: 1, max: 6 });
    const type = fc.oneof(
      fc.integer({ min: 1, max: 31 }).map(uint),
      fc.integer({ min: 2, max: 32 }).map(int),
      fc.constant(dataType("BIPOLAR")),
    );
    fc.assert(
      fc.property(
        side,
        side,
        fc.integer({ min: 1, max: 9 }),
        type,
        fc.nat(),
        (height, width, channels, datatype, seed) => {
          const shape = [1, height, width, channels];
          const layout = mapLayout({ shape, datatype });
          const values = new Random(seed).tensor(datatype, shape);
          expect(unpackMap(layout, packMap(layout, values))).toEqual(values);
        },
      ),
    );
  });
});
