import { expect, test } from "vitest";
import { cyclesOf, efficiencyOf, foldedInput, foldedOutput, resourcesOf } from "./models";
import { fold, vvauNode } from "./testing/nodes";

test("channel folds of a window each, SIMD values of PE channels a beat", () => {
  const folded = fold(vvauNode(16), { PE: 4, SIMD: 3 });
  expect(foldedInput(folded)).toEqual([1, 2, 2, 3 * 4, 12]);
  expect(foldedOutput(folded)).toEqual([1, 2, 2, 4, 4]);
  expect(cyclesOf(folded)).toBe((4 * 16 * 9) / 12);
});

test("weights are block RAM by themselves only beyond 128 words", () => {
  const brams = (channels: number, attributes: Record<string, string | number>) =>
    resourcesOf(fold(vvauNode(channels), attributes)).bram18;
  expect(brams(64, { PE: 8 })).toBe(0);
  expect(brams(64, { PE: 8, ram_style: "block" })).toBe(1);
  expect(brams(64, { PE: 4 })).toBe(1);
  // 144 words of 64 bits, side by side in words of 32: no use of the parity bits.
  expect(brams(256, { PE: 16 })).toBe(2);
  expect(brams(64, { PE: 4, ram_style: "distributed" })).toBe(0);
  expect(brams(64, { PE: 4, mem_mode: "external" })).toBe(0);
  expect(resourcesOf(fold(vvauNode(64), { PE: 4, ram_style: "ultra" })).uram).toBe(1);
});

test("DSPs: one a PE in HLS, three values of a window each in Versal's RTL", () => {
  expect(resourcesOf(fold(vvauNode(64), { PE: 4, resType: "dsp" })).dsp).toBe(4);
  expect(resourcesOf(fold(vvauNode(64, "rtl"), { PE: 4, SIMD: 9 }))).toMatchObject({ lut: 0, dsp: 12 });
});

test("weights fill part of their memories; in block RAM, FINN counts those of one SIMD", () => {
  const full = (attributes: Record<string, string | number>) => efficiencyOf(fold(vvauNode(64), attributes));
  // 64 x 9 weights of 4 bits are 2304 bits.
  expect(full({ PE: 4, ram_style: "block" })).toEqual({ bram18: 2304 / 18_432, uram: 1 });
  expect(full({ PE: 1, SIMD: 3, ram_style: "block" }).bram18).toBe(2304 / 3 / 18_432);
  expect(full({ PE: 4, SIMD: 3, ram_style: "ultra" })).toEqual({ bram18: 1, uram: 2304 / 294_912 });
});
