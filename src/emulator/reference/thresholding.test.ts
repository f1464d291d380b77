import { expect, it } from "vitest";
import { int, uint } from "../../graph/datatype";
import { Chain, stairs } from "../testing/chain";
import { lastNode } from "../testing/last-node";
import { thresholding } from "./thresholding";

it("counts the thresholds that are reached, per channel; meeting one reaches it", () => {
  const chain = new Chain("test", { shape: [1, 1, 4, 2], datatype: int(8) }).thresholding(
    stairs([
      [-5, 0, 9],
      [1, 1, 100],
    ]),
    uint(2),
  );
  const input = Int8Array.of(-6, 0, -5, 1, 8, 99, 9, 100);
  expect(Array.from(thresholding(lastNode(chain, "Thresholding"), input))).toEqual([0, 0, 1, 2, 2, 2, 3, 3]);
});

it("starts at actVal", () => {
  const chain = new Chain("test", { shape: [1, 3], datatype: uint(8) }).thresholding(
    stairs(
      [
        [10, 20, 30],
        [10, 20, 30],
        [10, 20, 30],
      ],
      -2,
    ),
    int(2),
  );
  const output = thresholding(lastNode(chain, "Thresholding"), Uint8Array.of(0, 20, 255));
  expect(output).toEqual(Int8Array.of(-2, 0, 1));
});
