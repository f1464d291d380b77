import { assert, integer, property } from "fast-check";
import { expect, test } from "vitest";
import { finnDepth, withFifoDepths } from "./fifo-depths";

test("the depths that FINN's sizing gives", () => {
  const pairs = [0, 1, 2, 3, 32, 33, 256, 257, 512, 513, 32_768, 40_000].map((depth) => [
    depth,
    finnDepth(depth),
  ]);
  expect(pairs).toEqual([
    [0, 2],
    [1, 2],
    [2, 2],
    [3, 32],
    [32, 32],
    [33, 33],
    [256, 256],
    [257, 512],
    [512, 512],
    [513, 1024],
    [32_768, 32_768],
    [40_000, 40_000],
  ]);
  assert(
    property(integer({ min: 0, max: 100_000 }), (depth) => {
      expect(finnDepth(depth)).toBeGreaterThanOrEqual(depth);
      expect(finnDepth(finnDepth(depth))).toBe(finnDepth(depth));
    }),
  );
});

test("depths take the place of the folding's, the rest stays", () => {
  const folding = {
    defaults: new Map(),
    nodes: new Map([
      ["MVAU_hls_0", { PE: 4 }],
      ["StreamingFIFO_rtl_0", { depth: 2, ram_style: "block" }],
      ["StreamingFIFO_rtl_1", { depth: 512, impl_style: "vivado" }],
    ]),
  };
  const depths = new Map([
    ["StreamingFIFO_rtl_0", 257],
    ["StreamingFIFO_rtl_1", 256],
    ["StreamingFIFO_rtl_2", 2],
  ]);
  expect(Object.fromEntries(withFifoDepths(folding, depths).nodes)).toEqual({
    MVAU_hls_0: { PE: 4 },
    StreamingFIFO_rtl_0: { depth: 257, impl_style: "vivado", ram_style: "block" },
    StreamingFIFO_rtl_1: { depth: 256, impl_style: "rtl" },
    StreamingFIFO_rtl_2: { depth: 2, impl_style: "rtl" },
  });
  expect(folding.nodes.get("StreamingFIFO_rtl_0")).toEqual({ depth: 2, ram_style: "block" });
});
