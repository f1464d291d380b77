import { assert, integer, property } from "fast-check";
import { expect, test } from "vitest";
import { checkFifo } from "./check-attributes";
import { builtDepth, fifoPieces, fifoResources } from "./fifo";

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

test.each([
  [32768, [[32768, "vivado"]]],
  [
    32769,
    [
      [32768, "vivado"],
      [1, "rtl"],
    ],
  ],
  [
    65536,
    [
      [32768, "vivado"],
      [32768, "vivado"],
    ],
  ],
  [
    50_000,
    [
      [32768, "vivado"],
      [16384, "vivado"],
      [512, "vivado"],
      [256, "vivado"],
      [80, "rtl"],
    ],
  ],
])("Vivado's FIFO of %i words", (depth, pieces) => {
  const built = fifoPieces(fifo({ depth, impl_style: "vivado" }));
  expect(built.map((piece) => [piece.depth, piece.impl_style])).toEqual(pieces);
});

test("pieces never hold less than was asked for, and Vivado can build each", () => {
  assert(
    property(integer({ min: 1, max: 300_000 }), (depth) => {
      const asked = fifo({ depth, impl_style: "vivado", ram_style: "ultra" });
      expect(builtDepth(asked)).toBeGreaterThanOrEqual(depth);
      for (const piece of fifoPieces(asked).filter(({ impl_style }) => impl_style === "vivado")) {
        expect(piece.depth).toBeLessThanOrEqual(32768);
        expect(Number.isInteger(Math.log2(piece.depth))).toBe(true);
      }
    }),
  );
});

test("a FIFO in pieces costs what its pieces cost", () => {
  const asked = fifo({ depth: 40_000, impl_style: "vivado", ram_style: "ultra" });
  // 32768 + 4096 + 2048 + 1024 words in UltraRAM, a rest of 64 in shift registers.
  expect(fifoResources(asked, 72)).toEqual({
    lut: 2 * (15 + 12 + 11 + 10 + 6) + 2 * 36,
    bram18: 0,
    uram: 8 + 1 + 1 + 1,
    dsp: 0,
  });
});
