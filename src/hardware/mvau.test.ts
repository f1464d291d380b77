import { expect, test } from "vitest";
import { cyclesOf, efficiencyOf, foldedInput, foldedOutput, resourcesOf } from "./models";
import { fold, mvauNode } from "./testing/nodes";

const node = mvauNode(64, 32, "hls");
const at = (attributes: Record<string, string | number>) =>
  resourcesOf(fold(node, { PE: 4, SIMD: 8, ...attributes }));

test("neuron folds outside, synapse folds inside, for each pixel", () => {
  const folded = fold(node, { PE: 4, SIMD: 8 });
  expect(foldedInput(folded)).toEqual([1, 2, 2, 8, 8]);
  expect(foldedOutput(folded)).toEqual([1, 2, 2, 8, 4]);
  expect(cyclesOf(folded)).toBe(4 * (32 / 4) * (64 / 8));
});

test("64 words of 128 bits lie where mode and style put them", () => {
  const where = ({ bram18, uram }: { bram18: number; uram: number }) => [bram18, uram];
  expect(where(at({ ram_style: "auto" }))).toEqual([4, 0]);
  expect(where(at({ ram_style: "block" }))).toEqual([4, 0]);
  expect(where(at({ ram_style: "ultra" }))).toEqual([0, 2]);
  expect(where(at({ ram_style: "distributed" }))).toEqual([0, 0]);
  expect(where(at({ mem_mode: "external" }))).toEqual([0, 0]);
  expect(where(at({ mem_mode: "internal_embedded" }))).toEqual([0, 0]);
  // 256 words of 32 bits: FINN counts deep embedded weights twice.
  const deep = { PE: 1, SIMD: 8, mem_mode: "internal_embedded" };
  expect(where(at(deep))).toEqual([1, 1]);
});

test("LUTs: multipliers unless DSPs have them, weights and thresholds where asked", () => {
  // 8 bits a product, 4-bit operands: multipliers 8*3*8, adders 8*15, an INT14 accumulator.
  const perPe = 8 * 3 * 8 + 8 * 15 + 14;
  expect(at({}).lut).toBe(Math.trunc(300 + 1.1 * 4 * perPe));
  expect(at({ resType: "lut" })).toEqual(at({}));
  expect(at({ resType: "dsp" })).toMatchObject({ lut: Math.trunc(300 + 1.1 * 4 * (perPe - 192)), dsp: 32 });
  expect(at({ ram_style: "distributed" }).lut).toBe(at({}).lut + 128);
  expect(at({ mem_mode: "internal_embedded" }).lut).toBe(at({}).lut + 128);
  // Three steps compare 14 bits, and their 8 words of thresholds lie in LUTs.
  const thresholds = at({ ram_style_thresholds: "distributed" }).lut;
  expect(thresholds).toBe(Math.trunc(300 + 1.1 * 4 * (perPe + 2 * 3 * 14)));
});

test("RTL: four PEs share the DSPs of one, and no LUTs are counted", () => {
  const rtl = (PE: number) => resourcesOf(fold(mvauNode(64, 32, "rtl"), { PE, SIMD: 8 }));
  expect(rtl(4)).toMatchObject({ lut: 0, dsp: 8 });
  expect(rtl(8)).toMatchObject({ lut: 0, dsp: 16 });
  expect(rtl(1)).toMatchObject({ lut: 0, dsp: 8 });
});

test("weights fill part of their memories; none used is FINN's 1", () => {
  const full = (attributes: Record<string, string | number>) =>
    efficiencyOf(fold(node, { PE: 4, SIMD: 8, ...attributes }));
  // 64 x 32 weights of 4 bits: 8 Kbit in four block RAMs of 18 Kbit, or in two UltraRAMs of 288 Kbit.
  expect(full({ ram_style: "block" })).toEqual({ bram18: 8 / (4 * 18), uram: 1 });
  expect(full({ ram_style: "ultra" })).toEqual({ bram18: 1, uram: 8 / (2 * 288) });
  expect(full({ ram_style: "distributed" })).toEqual({ bram18: 1, uram: 1 });
});
