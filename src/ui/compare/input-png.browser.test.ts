import { expect, test } from "vitest";
import { inputPng } from "./input-png";

test("the file holds the very bytes that were compared", async () => {
  const side = 8;
  const input = Uint8Array.from({ length: side * side * 3 }, (_, i) => (i * 37) % 256);
  const file = await inputPng(input);
  expect(file.type).toBe("image/png");
  const bitmap = await createImageBitmap(file);
  expect([bitmap.width, bitmap.height]).toEqual([side, side]);
  const context = new OffscreenCanvas(side, side).getContext("2d")!;
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, side, side);
  expect(Uint8Array.from(data.filter((_, i) => i % 4 !== 3))).toEqual(input);
});
