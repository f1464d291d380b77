import { expect, test } from "vitest";
import { describeCrop } from "./describe-crop";

/** With plain spaces. */
const inWords = (source: Parameters<typeof describeCrop>[0]["source"]) =>
  describeCrop({ source, input }).replaceAll("\u00a0", " ");
const input = new Uint8Array(224 * 224 * 3);

test("says which part of the picture the network saw", () => {
  const source = { width: 512, height: 384, crop: { x: 88, y: 24, width: 336, height: 336 } };
  expect(inWords(source)).toBe("The network saw the middle 336 × 336 of 512 × 384 pixels, as 224 × 224.");
});

test("rounds the crop's size, which need not be whole pixels", () => {
  const source = { width: 20000, height: 10, crop: { x: 9995.6, y: 0.6, width: 8.75, height: 8.75 } };
  expect(inWords(source)).toContain("the middle 9 × 9 of 20000 × 10");
});

test("a single pixel is all of it", () => {
  const source = { width: 1, height: 1, crop: { x: 0.0625, y: 0.0625, width: 0.875, height: 0.875 } };
  expect(inWords(source)).toBe("The network saw all of 1 × 1 pixels, as 224 × 224.");
});
