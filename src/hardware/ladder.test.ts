import { assert, integer, property } from "fast-check";
import { expect, test } from "vitest";
import { blockRams, cascadedBlockRams, ultraRams, withoutParity } from "./ladder";

const bitsOfBlockRam = 18 * 1024;

test.each([
  // depth, width, with parity, without
  [16384, 1, 1, 1],
  [16385, 1, 2, 2],
  [8193, 2, 2, 2],
  [4096, 4, 1, 1],
  [2048, 9, 1, 2],
  [1024, 18, 1, 2],
  [512, 36, 1, 2],
  [513, 36, 2, 3],
  [8192, 512, 232, 256],
])("%i words of %i bits", (depth, width, parity, plain) => {
  expect(blockRams(depth, width)).toBe(parity);
  expect(blockRams(depth, width, withoutParity)).toBe(plain);
});

test("a memory always fits the block RAMs counted for it, and more words never need fewer", () => {
  const depths = integer({ min: 1, max: 100_000 });
  const widths = integer({ min: 1, max: 600 });
  assert(
    property(depths, widths, (depth, width) => {
      expect(blockRams(depth, width) * bitsOfBlockRam).toBeGreaterThanOrEqual(depth * width);
      expect(blockRams(depth, width, withoutParity)).toBeGreaterThanOrEqual(blockRams(depth, width));
      expect(ultraRams(depth, width) * 72 * 4096).toBeGreaterThanOrEqual(depth * width);
      if (depth % 16384 !== 0) {
        expect(cascadedBlockRams(depth, width) * bitsOfBlockRam).toBeGreaterThanOrEqual(depth * width);
      }
    }),
  );
});

test("a line buffer's cascade ends in a narrower block RAM", () => {
  expect(cascadedBlockRams(952, 64)).toBe(4);
  expect(cascadedBlockRams(16384, 8)).toBe(8);
  expect(cascadedBlockRams(16384 + 512, 8)).toBe(8 + 1);
  expect(cascadedBlockRams(16384 + 4096, 8)).toBe(8 + 2);
});
