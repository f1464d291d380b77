import { afterEach, describe, expect, it, vi } from "vitest";
import { readBands, readbackIsAltered } from "./read-bands";

afterEach(() => vi.restoreAllMocks());

describe("readBands", () => {
  it("reads a part larger than a band, row after row, without scaling", async () => {
    // 2500 x 2000 pixels: more than one band of 2^22
    const width = 2500;
    const height = 2000;
    const image = new ImageData(width, height);
    const words = new Uint32Array(image.data.buffer);
    for (let i = 0; i < words.length; i++) words[i] = 0xff000000 | Math.imul(i, 40503);
    const bitmap = await createImageBitmap(image);
    const area = { left: 3, top: 7, width: width - 10, height: height - 10 };
    let y = area.top;
    let wrong = 0;
    let bands = 0;
    for (const band of readBands(bitmap, area)) {
      bands++;
      const pixels = new Uint32Array(band.buffer, band.byteOffset, band.length / 4);
      for (let i = 0; i < pixels.length; i++) {
        const at = (y + Math.floor(i / area.width)) * width + area.left + (i % area.width);
        if (pixels[i] !== words[at]) wrong++;
      }
      y += pixels.length / area.width;
    }
    expect({ wrong, bands, y }).toEqual({ wrong: 0, bands: 2, y: area.top + area.height });
  });
});

describe("readbackIsAltered", () => {
  it("finds an honest browser honest", () => {
    expect(readbackIsAltered()).toBe(false);
  });

  it("notices a single altered bit", () => {
    const read = OffscreenCanvasRenderingContext2D.prototype.getImageData;
    vi.spyOn(OffscreenCanvasRenderingContext2D.prototype, "getImageData").mockImplementation(function (
      this: OffscreenCanvasRenderingContext2D,
      ...area
    ) {
      const image = read.apply(this, area);
      image.data[1000]! ^= 1;
      return image;
    });
    expect(readbackIsAltered()).toBe(true);
  });
});
