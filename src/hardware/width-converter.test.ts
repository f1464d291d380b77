import { expect, test } from "vitest";
import { converterImpl, converterResources } from "./width-converter";

test.each([
  // bits in, bits out, impl, LUTs: counter and shift registers
  [128, 64, "rtl", 1 + 64],
  [64, 256, "rtl", 2 + 256],
  [72, 18, "rtl", 2 + 18],
  [24, 36, "hls", 1 + 72 + 1 + 36],
  [8, 8, "rtl", 0],
] as const)("%i -> %i bits: %s, %i LUTs", (inputBits, outputBits, impl, lut) => {
  expect(converterImpl({ inputBits, outputBits })).toBe(impl);
  expect(converterResources({ inputBits, outputBits }).lut).toBe(lut);
});
