import { expect, it } from "vitest";
import { int, uint } from "../../graph/datatype";
import { Chain } from "../testing/chain";
import { lastNode } from "../testing/last-node";
import { pool } from "./pool";

it("sums 49 values of 4 bits and divides by 64, as MobileNet's last pool does", () => {
  const map = { shape: [1, 7, 7, 2], datatype: uint(4) };
  const node = lastNode(new Chain("test", map).window([7, 7], { depthwise: true }).pool([7, 7], 6), "Pool");
  const window = Int8Array.from({ length: 98 }, (_, i) => (i % 2 === 0 ? 15 : 4));
  // 735 / 64 = 11.5, 196 / 64 = 3.06
  expect(Array.from(pool(node, window))).toEqual([11, 3]);
  expect(node.accumBits).toBe(10);
});

it("rounds down below zero too", () => {
  const window = { shape: [1, 1, 2, 2], datatype: int(4) };
  const node = lastNode(new Chain("test", window).pool([1, 2], 1), "Pool");
  expect(Array.from(pool(node, Int8Array.of(-1, 0, -8, -7)))).toEqual([-1, -8]);
});
