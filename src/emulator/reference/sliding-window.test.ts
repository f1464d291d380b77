import { expect, it } from "vitest";
import type { IntegerArray } from "../../graph/dataflow";
import { uint } from "../../graph/datatype";
import { Chain } from "../testing/chain";
import { lastNode } from "../testing/last-node";
import { slidingWindow } from "./sliding-window";

/** A map whose values are written row, column, channel: 12 is row 1, column 2. */
function slide(shape: [number, number, number], ...window: Parameters<Chain["window"]>): IntegerArray {
  const [height, width, channels] = shape;
  const values: number[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < channels; c++) values.push(channels > 1 ? 100 * y + 10 * x + c : 10 * y + x);
    }
  }
  const chain = new Chain("test", { shape: [1, ...shape], datatype: uint(8) }).window(...window);
  return slidingWindow(lastNode(chain, "ConvolutionInputGenerator"), Uint8Array.from(values));
}

it("puts out the window of each pixel, row by row", () => {
  expect(Array.from(slide([3, 3, 1], [2, 2]))).toEqual([
    ...[0, 1, 10, 11],
    ...[1, 2, 11, 12],
    ...[10, 11, 20, 21],
    ...[11, 12, 21, 22],
  ]);
});

it("keeps the channels of a pixel together", () => {
  expect(Array.from(slide([2, 2, 3], [2, 1]))).toEqual([
    ...[0, 1, 2, 100, 101, 102],
    ...[10, 11, 12, 110, 111, 112],
  ]);
});

it("strides down and across by different steps and leaves out what no window fits", () => {
  expect(Array.from(slide([4, 6, 1], [1, 2], { stride: [2, 3] }))).toEqual([0, 1, 3, 4, 20, 21, 23, 24]);
});

it("dilates: the window's pixels lie apart", () => {
  expect(Array.from(slide([3, 5, 1], [2, 2], { dilation: [2, 3] }))).toEqual([
    ...[0, 3, 20, 23],
    ...[1, 4, 21, 24],
  ]);
});
