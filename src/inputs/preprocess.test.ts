import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { preprocessPixels } from "./preprocess";

describe("preprocessPixels", () => {
  it("gives the network's input, and where in the picture it lies", () => {
    // fixtures/images/one.png: one pixel
    const { images } = JSON.parse(readFileSync("fixtures/images/images.json", "utf8"));
    const { cropSha256 } = images.find((entry: { file: string }) => entry.file === "one.png");
    const frame = preprocessPixels(Uint8Array.of(12, 200, 99, 255), { width: 1, height: 1 });
    expect(createHash("sha256").update(frame.bytes).digest("hex")).toBe(cropSha256);
    expect(frame.source).toEqual({ width: 1, height: 1 });
    expect(frame.crop).toEqual({ left: 1 / 16, top: 1 / 16, width: 7 / 8, height: 7 / 8 });
  });

  it("takes the middle of a frame", () => {
    const size = { width: 600, height: 256 };
    const rgba = Uint8Array.from({ length: 600 * 256 * 4 }, (_, i) =>
      i % 4 === 0 ? (Math.floor(i / 4) % 600) >> 2 : 7,
    );
    const { bytes, crop } = preprocessPixels(rgba, size);
    expect(crop).toEqual({ left: 188, top: 16, width: 224, height: 224 });
    expect([...bytes.subarray(0, 6)]).toEqual([188 >> 2, 7, 7, 189 >> 2, 7, 7]);
    expect([...bytes.subarray(-3)]).toEqual([411 >> 2, 7, 7]);
  });

  it("refuses a wrong number of bytes", () => {
    expect(() => preprocessPixels(new Uint8Array(15), { width: 2, height: 2 })).toThrow(
      "15 bytes are not 2 x 2 RGBA pixels.",
    );
  });
});
