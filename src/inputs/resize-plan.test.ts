import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { planResize } from "./resize-plan";

interface Case {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly resizedWidth: number;
  readonly resizedHeight: number;
  readonly cropLeft: number;
  readonly cropTop: number;
}
const { cases }: { cases: Case[] } = JSON.parse(readFileSync("fixtures/pillow/fixtures.json", "utf8"));

describe("planResize", () => {
  it.each(cases)("gives torchvision's sizes and offsets: $id", (wanted) => {
    const plan = planResize(wanted);
    expect(plan.resized).toEqual({ width: wanted.resizedWidth, height: wanted.resizedHeight });
    expect(plan.crop).toEqual({ left: wanted.cropLeft, top: wanted.cropTop, width: 224, height: 224 });
  });

  it.each([
    [257, 16], // 16.5
    [259, 18], // 17.5
    [261, 18], // 18.5
    [263, 20], // 19.5
  ])("rounds the offset's halves to even: %i pixels", (width, left) => {
    expect(planResize({ width, height: 256 }).crop.left).toBe(left);
  });

  it("reads only the columns and rows that the crop depends on", () => {
    const wide = planResize({ width: 20_000, height: 10 });
    // 224 of 512000 columns: 8.75 source columns, and one of support on either side
    expect(wide.window).toEqual({ left: 9995, top: 0, width: 10, height: 10 });
    const photo = planResize({ width: 4032, height: 3024 });
    expect(photo.window.width).toBeLessThan((3024 * 224) / 256 + 26);
    expect(photo.window.height).toBeLessThan((3024 * 224) / 256 + 26);
  });

  it("tells where the crop lies in the source", () => {
    expect(planResize({ width: 1024, height: 512 }).cropInSource).toEqual({
      left: 288,
      top: 32,
      width: 448,
      height: 448,
    });
  });

  it("follows the model's input size", () => {
    const plan = planResize({ width: 64, height: 32 }, { inputSize: 28, resizeTo: 32 });
    expect(plan.resized).toEqual({ width: 64, height: 32 });
    expect(plan.crop).toEqual({ left: 18, top: 2, width: 28, height: 28 });
    expect(plan.window).toEqual(plan.crop);
  });

  it("refuses sizes that make no picture", () => {
    expect(() => planResize({ width: 0, height: 10 })).toThrow("A picture cannot be 0 pixels wide or high.");
    expect(() => planResize({ width: 1.5, height: 10 })).toThrow("1.5 pixels");
    expect(() => planResize({ width: 9, height: 9 }, { inputSize: 33, resizeTo: 32 })).toThrow(
      "A crop of 33 pixels does not fit into a picture resized to 32.",
    );
  });
});
