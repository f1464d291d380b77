import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { crc32, gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Rectangle, Size } from "./geometry";
import { CropResizer, resizeCrop } from "./pillow-resize";
import { planResize } from "./resize-plan";
import { firstDifference } from "./testing/first-difference";
import { triangleFilter } from "./triangle-filter";

/** See fixtures/pillow/make_fixtures.py. */
interface Case {
  readonly id: string;
  readonly generator: "noise" | "waves";
  readonly seed: number;
  readonly width: number;
  readonly height: number;
  readonly sourceCrc32: number;
  readonly sha256: string;
  readonly crop?: string;
}
const folder = "fixtures/pillow";
const { cases }: { cases: Case[] } = JSON.parse(readFileSync(`${folder}/fixtures.json`, "utf8"));

describe("resizeCrop equals Pillow byte for byte", () => {
  it.each(cases)("$id", ({ generator, seed, width, height, sourceCrc32, sha256, crop }) => {
    const source = generator === "noise" ? noise(width, height, seed) : waves(width, height);
    expect(crc32(source)).toBe(sourceCrc32);
    const plan = planResize({ width, height });
    const bytes = resizeCrop(cutRgba(source, width, plan.window), plan);
    if (crop) expect(firstDifference(bytes, gunzipSync(readFileSync(`${folder}/${crop}`)))).toBeNull();
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(sha256);
  });
});

describe("laws of resizeCrop", () => {
  const geometry = { inputSize: 28, resizeTo: 32 };
  const sizes = fc.record({
    width: fc.integer({ min: 1, max: 300 }),
    height: fc.integer({ min: 1, max: 300 }),
  });
  const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });
  const assert = (property: fc.IProperty<[Size, number]>) => fc.assert(property, { numRuns: 60 });

  it("a picture of one colour stays so", () => {
    assert(
      fc.property(sizes, seeds, (size, colour) => {
        const plan = planResize(size, geometry);
        const { width, height } = plan.window;
        const [red, green, blue] = [colour & 255, (colour >> 8) & 255, (colour >> 16) & 255];
        const rgba = Uint8Array.from({ length: width * height * 4 }, (_, i) => [red, green, blue, 9][i % 4]!);
        const wanted = Uint8Array.from({ length: 28 * 28 * 3 }, (_, i) => [red, green, blue][i % 3]!);
        expect(firstDifference(resizeCrop(rgba, plan), wanted)).toBeNull();
      }),
    );
  });

  it("channels do not mix", () => {
    assert(
      fc.property(sizes, seeds, (size, seed) => {
        const plan = planResize(size, geometry);
        const rgba = cutRgba(noise(size.width, size.height, seed), size.width, plan.window);
        const swapped = rgba.map((_, i) => rgba[i - (i % 4) + [2, 0, 1, 3][i % 4]!]!);
        const crop = resizeCrop(rgba, plan);
        const wanted = crop.map((_, i) => crop[i - (i % 3) + [2, 0, 1][i % 3]!]!);
        expect(firstDifference(resizeCrop(swapped, plan), wanted)).toBeNull();
      }),
    );
  });

  it("the crop of the window is the crop of the whole resized picture", () => {
    assert(
      fc.property(sizes, seeds, (size, seed) => {
        const plan = planResize(size, geometry);
        const { source, resized, crop } = plan;
        const picture = noise(size.width, size.height, seed);
        const whole = resizeCrop(cutRgba(picture, size.width, { ...source, left: 0, top: 0 }), {
          ...plan,
          crop: { ...resized, left: 0, top: 0 },
          window: { ...source, left: 0, top: 0 },
          horizontal: triangleFilter(source.width, resized.width, 0, resized.width),
          vertical: triangleFilter(source.height, resized.height, 0, resized.height),
        });
        const cut = cutRgba(whole, resized.width, crop).filter((_, i) => i % 4 !== 3);
        const ours = resizeCrop(cutRgba(picture, size.width, plan.window), plan);
        expect(firstDifference(ours, cut)).toBeNull();
      }),
    );
  });

  it("rows may come in any portions", () => {
    assert(
      fc.property(sizes, seeds, (size, seed) => {
        const plan = planResize(size, geometry);
        const rgba = cutRgba(noise(size.width, size.height, seed), size.width, plan.window);
        const rowBytes = plan.window.width * 4;
        const split = seed % (plan.window.height + 1);
        const resizer = new CropResizer(plan);
        resizer.addRows(rgba.subarray(0, split * rowBytes));
        resizer.addRows(rgba.subarray(split * rowBytes));
        expect(firstDifference(resizer.finish(), resizeCrop(rgba, plan))).toBeNull();
      }),
    );
  });
});

describe("CropResizer refuses", () => {
  const plan = planResize({ width: 256, height: 256 });
  const row = new Uint8Array(224 * 4);

  it("a part of a row, and rows too many", () => {
    const resizer = new CropResizer(plan);
    expect(() => resizer.addRows(row.subarray(4))).toThrow("892 bytes are no rows");
    resizer.addRows(new Uint8Array(224 * 224 * 4));
    expect(() => resizer.addRows(row)).toThrow("224 rows of which are done");
  });

  it("to finish before the last row", () => {
    const resizer = new CropResizer(plan);
    resizer.addRows(row);
    expect(() => resizer.finish()).toThrow("1 of 224 rows were given.");
  });
});

/** RGBA of a part of an RGB picture. */
function cutRgba(rgb: Uint8Array, pictureWidth: number, { left, top, width, height }: Rectangle): Uint8Array {
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let y = 0, to = 0; y < height; y++) {
    let from = ((top + y) * pictureWidth + left) * 3;
    for (let x = 0; x < width; x++, to += 4, from += 3) {
      rgba[to] = rgb[from]!;
      rgba[to + 1] = rgb[from + 1]!;
      rgba[to + 2] = rgb[from + 2]!;
    }
  }
  return rgba;
}

function noise(width: number, height: number, seed: number): Uint8Array {
  const bytes = new Uint8Array(width * height * 3);
  let state = seed;
  for (let i = 0; i < bytes.length; i++) {
    state = (Math.imul(1103515245, state) + 12345) & 0x7fffffff;
    bytes[i] = state >> 16;
  }
  return bytes;
}

function waves(width: number, height: number): Uint8Array {
  const triangle = (n: number, period: number) =>
    Math.floor((Math.abs((n % (2 * period)) - period) * 255) / period);
  const bytes = new Uint8Array(width * height * 3);
  let i = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++) {
        const sum =
          triangle(3 * x + y * (c + 1), 97) +
          triangle(5 * y + x * (c + 2), 61) +
          triangle(Math.floor((x * y) / 64) + 37 * c, 131);
        bytes[i++] = Math.floor(sum / 3);
      }
    }
  }
  return bytes;
}
