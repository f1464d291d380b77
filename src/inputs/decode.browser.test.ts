import { describe, expect, it } from "vitest";
import { decodeFile } from "./decode";
import type { Rectangle } from "./geometry";
import { readBands } from "./read-bands";
import { fixtureFile, imageFixtures, sha256 } from "./testing/image-fixtures";

/** All pixels of a file, upright, RGB. */
async function decodeRgb(file: Blob) {
  const { bitmap, notes } = await decodeFile(file);
  const { width, height } = bitmap;
  const rgb = readRgb(bitmap, { left: 0, top: 0, width, height });
  bitmap.close();
  return { width, height, rgb, notes };
}

function readRgb(bitmap: ImageBitmap, area: Rectangle): Uint8Array<ArrayBuffer> {
  const rgb = new Uint8Array(area.width * area.height * 3);
  let at = 0;
  for (const band of readBands(bitmap, area)) {
    for (let i = 0; i < band.length; i++) if (i % 4 !== 3) rgb[at++] = band[i]!;
  }
  return rgb;
}

const good = imageFixtures.filter((fixture) => fixture.expect === "ok");

describe("decodeFile", () => {
  it.each(good)("$file is upright and has Pillow's pixels", async (fixture) => {
    const { width, height, rgb, notes } = await decodeRgb(await fixtureFile(`images/${fixture.file}`));
    expect({ width, height }).toEqual({ width: fixture.width, height: fixture.height });
    expect(fixture.pixels?.length).toBeGreaterThan(0);
    for (const [x = 0, y = 0, ...colour] of fixture.pixels ?? []) {
      const found = rgb.subarray((y * width + x) * 3, (y * width + x) * 3 + 3);
      const difference = Math.max(...colour.map((value, c) => Math.abs(value - found[c]!)));
      expect(difference, `at ${x}, ${y}: ${found}`).toBeLessThanOrEqual(fixture.tolerance ?? 0);
    }
    if (fixture.rgbSha256) expect(await sha256(rgb)).toBe(fixture.rgbSha256);
    expect(notes).toEqual((fixture.frames ?? 1) > 1 ? ["Animated: the first frame is used."] : []);
  });

  // Chromium's libraries gave exactly Pillow's pixels (maximum difference 0); other versions
  // may round otherwise, and do so by a few levels.
  it.each([
    "exif-6.jpg",
    "baseline-420.jpg",
    "progressive.jpg",
    "grey.jpg",
    "cmyk.jpg",
    "icc-swapped.jpg",
    "whole.jpg",
    "lossy.webp",
    "avif.avif",
  ])("%s is what Pillow decodes, within 4 of 255 at every pixel", async (file) => {
    const ours = await decodeRgb(await fixtureFile(`images/${file}`));
    const pillow = await decodeRgb(await fixtureFile(`decoded/${file}.png`));
    expect([ours.width, ours.height]).toEqual([pillow.width, pillow.height]);
    expect(maximumDifference(ours.rgb, pillow.rgb)).toBeLessThanOrEqual(4);
  });

  it.each(["rgba.png", "palette-transparent.png"])("%s lies over white", async (file) => {
    const ours = await decodeRgb(await fixtureFile(`images/${file}`));
    const pillow = await decodeRgb(await fixtureFile(`decoded/${file}.png`));
    expect(maximumDifference(ours.rgb, pillow.rgb)).toBeLessThanOrEqual(1);
    // bottom right of both is transparent
    expect([...ours.rgb.subarray(-3)]).toEqual([255, 255, 255]);
  });

  it("tells of a file that passes for a picture until it is decoded", async () => {
    const file = await fixtureFile("images/rgb.png");
    const bytes = new Uint8Array(await file.arrayBuffer());
    const at = bytes.findIndex((_, i) => String.fromCharCode(...bytes.subarray(i, i + 4)) === "IDAT");
    bytes.fill(0xaa, at + 4, at + 40);
    await expect(decodeFile(new Blob([bytes]))).rejects.toMatchObject({
      code: "bad-image",
      message: expect.stringMatching(
        /^The browser cannot decode this PNG file \(96 x 64 pixels\)\. It is damaged/,
      ),
    });
  });

  it("tells of a file that cannot be read", async () => {
    const gone = new Blob(["x"]);
    gone.arrayBuffer = () => Promise.reject(new DOMException("A file or directory", "NotFoundError"));
    await expect(decodeFile(gone)).rejects.toMatchObject({
      code: "bad-image",
      message: "The file could not be read. It may have been moved or changed, or be a folder.",
    });
  });
});

function maximumDifference(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}
