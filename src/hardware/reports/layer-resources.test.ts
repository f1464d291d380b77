import { expect, test } from "vitest";
import { foldedFor } from "../testing/shipped-graph";
import { estimateLayerResources } from "./layer-resources";

test("U250: a node has FINN's keys in FINN's order, and how full its memories are", () => {
  const report = estimateLayerResources(foldedFor("U250"));
  expect(Object.entries(report.MVAU_hls_0 ?? {})).toEqual([
    ["BRAM_18K", 22],
    // 27 x 32 weights of 8 bits in 22 block RAMs of 18 Kbit.
    ["BRAM_efficiency", 6912 / (22 * 18_432)],
    ["LUT", 3855],
    ["URAM", 0],
    ["URAM_efficiency", 1],
    ["DSP", 96],
  ]);
  // 256 channels of 9 weights of 4 bits fill half a block RAM.
  expect(report.VVAU_hls_5).toMatchObject({ BRAM_18K: 1, BRAM_efficiency: 0.5 });
  expect(report.ConvolutionInputGenerator_rtl_0).toMatchObject({ BRAM_efficiency: 1, LUT: 732 });
});

test("ZCU104: weights in UltraRAM", () => {
  const report = estimateLayerResources(foldedFor("ZCU104"));
  // 1024 x 1000 weights of 4 bits in 16 UltraRAMs of 288 Kbit.
  expect(report.MVAU_rtl_14).toMatchObject({
    BRAM_18K: 0,
    BRAM_efficiency: 1,
    URAM: 16,
    URAM_efficiency: 4_096_000 / (16 * 294_912),
  });
});

test.each([
  ["U250", { BRAM_18K: 1148, LUT: 364_518, URAM: 0, DSP: 100 }],
  ["ZCU102", { BRAM_18K: 1070, LUT: 63_450, URAM: 0, DSP: 684 }],
  ["ZCU104", { BRAM_18K: 530, LUT: 47_970, URAM: 39, DSP: 684 }],
] as const)("%s: the total is FINN's, without efficiencies", (board, total) => {
  const folded = foldedFor(board);
  const report = estimateLayerResources(folded);
  expect(Object.keys(report)).toEqual([...folded.nodes.map(({ node }) => node.name), "total"]);
  expect(Object.entries(report.total ?? {})).toEqual(Object.entries(total));
});
