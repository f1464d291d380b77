import { expect, test } from "vitest";
import { checkFifo } from "./check-attributes";
import { builtDepth, fifoResources } from "./fifo";

const fifo = (attributes: Record<string, number | string>) => checkFifo("StreamingFIFO_rtl_0", attributes);

test("Vivado builds powers of two, FINN what is asked for", () => {
  expect(builtDepth(fifo({ depth: 1000, impl_style: "vivado" }))).toBe(1024);
  expect(builtDepth(fifo({ depth: 1024, impl_style: "vivado" }))).toBe(1024);
  expect(builtDepth(fifo({ depth: 1000 }))).toBe(1000);
});

test("shift registers are LUTs whatever the RAM style; Vivado's go where it says", () => {
  const at = (attributes: Record<string, number | string>) => fifoResources(fifo(attributes), 64);
  expect(at({ depth: 256 })).toEqual({ lut: 16 + 8 * 32, bram18: 0, uram: 0, dsp: 0 });
  expect(at({ depth: 256, ram_style: "ultra" })).toEqual(at({ depth: 256 }));
  const vivado = { depth: 5000, impl_style: "vivado" };
  expect(at({ ...vivado, ram_style: "ultra" })).toEqual({ lut: 26, bram18: 0, uram: 2, dsp: 0 });
  expect(at({ ...vivado, ram_style: "block" })).toEqual({ lut: 26, bram18: 32, uram: 0, dsp: 0 });
  expect(at({ ...vivado, ram_style: "distributed" }).lut).toBe(26 + 256 * 32);
});
