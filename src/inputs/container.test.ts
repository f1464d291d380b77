import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { surveyContainer } from "./container";
import type { PictureFormat } from "./magic";

const bytesOf = (file: string) => new Uint8Array(readFileSync(`fixtures/images/${file}`));
const survey = (file: string, format: PictureFormat, end?: number) =>
  surveyContainer(bytesOf(file).subarray(0, end), format);

describe("surveyContainer", () => {
  it("finds further frames", () => {
    expect(survey("animated.gif", "gif")).toEqual({ complete: true, animated: true });
    expect(survey("static.gif", "gif")).toEqual({ complete: true, animated: false });
    expect(survey("animated.webp", "webp")).toEqual({ complete: true, animated: true });
    expect(survey("lossless.webp", "webp")).toEqual({ complete: true, animated: false });
    expect(survey("animated.png", "png")).toEqual({ complete: true, animated: true });
    expect(survey("interlaced.png", "png")).toEqual({ complete: true, animated: false });
  });

  it("is content with the first frame of a GIF that breaks off later", () => {
    const whole = bytesOf("animated.gif").length;
    expect(survey("animated.gif", "gif", whole - 20).complete).toBe(true);
    expect(survey("animated.gif", "gif", 60).complete).toBe(false);
  });

  it.each(["whole.jpg", "progressive.jpg", "cmyk.jpg"])("wants the end marker of %s", (file) => {
    const whole = bytesOf(file).length;
    expect(survey(file, "jpeg").complete).toBe(true);
    for (const missing of [1, 2, 3, 100]) expect(survey(file, "jpeg", whole - missing).complete).toBe(false);
  });

  it("is not deceived by the end of a thumbnail inside a JPEG's header", () => {
    const jpeg = bytesOf("whole.jpg");
    // an APP1 segment with a tiny JPEG in it, after the start marker
    const segment = [0xff, 0xe1, 0, 6, 0xff, 0xd8, 0xff, 0xd9];
    const withThumbnail = Uint8Array.of(...jpeg.subarray(0, 2), ...segment, ...jpeg.subarray(2));
    expect(surveyContainer(withThumbnail, "jpeg").complete).toBe(true);
    expect(surveyContainer(withThumbnail.subarray(0, -2), "jpeg").complete).toBe(false);
  });

  it("lets bytes follow the end, as phones append films to photos", () => {
    for (const [file, format] of [
      ["whole.jpg", "jpeg"],
      ["rgb.png", "png"],
      ["static.gif", "gif"],
      ["lossy.webp", "webp"],
    ] as const)
      expect(surveyContainer(Uint8Array.of(...bytesOf(file), 1, 2, 3), format).complete).toBe(true);
  });
});
