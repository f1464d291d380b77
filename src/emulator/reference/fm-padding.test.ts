import { expect, it } from "vitest";
import { uint } from "../../graph/datatype";
import { Chain } from "../testing/chain";
import { lastNode } from "../testing/last-node";
import { fmPadding } from "./fm-padding";

it("puts the map in the middle of zeros, each side by its own number", () => {
  const chain = new Chain("test", { shape: [1, 2, 2, 2], datatype: uint(8) }).pad(1, 2, 0, 1);
  const output = fmPadding(lastNode(chain, "FMPadding"), Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8));
  expect(chain.output.shape).toEqual([1, 3, 5, 2]);
  expect(Array.from(output)).toEqual([
    ...[0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    ...[0, 0, 0, 0, 1, 2, 3, 4, 0, 0],
    ...[0, 0, 0, 0, 5, 6, 7, 8, 0, 0],
  ]);
});

it("is the map itself without padding", () => {
  const chain = new Chain("test", { shape: [1, 1, 2, 1], datatype: uint(8) }).pad(0, 0, 0, 0);
  expect(fmPadding(lastNode(chain, "FMPadding"), Uint8Array.of(9, 8))).toEqual(Uint8Array.of(9, 8));
});
