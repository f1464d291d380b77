import { expect, test } from "vitest";
import { withFifoDepths } from "./fifo-depths";

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
