import { expect, test } from "vitest";
import { StreamscopeError } from "../graph/errors";
import { foldGraph } from "./fold-graph";
import type { Attributes, FoldingConfig } from "./folding-config";
import { mobilenetFoldings } from "./presets";
import { withStandaloneThresholds } from "./standalone-thresholds";
import { shippedGraph } from "./testing/shipped-graph";

const graph = shippedGraph();
const naming = (nodes: Record<string, Attributes>): FoldingConfig => ({
  defaults: new Map(),
  nodes: new Map(Object.entries(nodes)),
});
const fold = (config: FoldingConfig) => foldGraph(graph, config, { widths: "type-bound" });
const foldingOf = (config: FoldingConfig, name: string) =>
  fold(config).nodes.find(({ node }) => node.name === name)?.folding;

test("what a file does not say has FINN's default", () => {
  expect(foldingOf(naming({ MVAU_hls_2: { PE: 8 } }), "MVAU_hls_2")).toEqual({
    PE: 8,
    SIMD: 1,
    ram_style: "auto",
    ram_style_thresholds: "auto",
    mem_mode: "internal_decoupled",
    resType: "auto",
    runtime_writeable_weights: 0,
    inFIFODepths: [2],
    outFIFODepths: [2],
  });
});

test("defaults reach the op types they name; a node's own word counts more", () => {
  const nodes = new Map([["MVAU_hls_1", { ram_style: "ultra" }]]);
  const withDefaults = (opTypes: string[]) => ({
    defaults: new Map([["ram_style", { value: "block", opTypes }]]),
    nodes,
  });
  const styles = (config: FoldingConfig) =>
    ["MVAU_hls_1", "MVAU_hls_2", "MVAU_rtl_0", "VVAU_hls_0"].map((name) => {
      const folding = foldingOf(config, name);
      return folding && "ram_style" in folding ? folding.ram_style : null;
    });
  expect(styles(withDefaults(["MVAU_hls"]))).toEqual(["ultra", "block", "auto", "auto"]);
  expect(styles(withDefaults(["MVAU"]))).toEqual(["ultra", "block", "block", "auto"]);
  expect(styles(withDefaults(["all"]))).toEqual(["ultra", "block", "block", "block"]);
  expect(() => fold(withDefaults(["Pool"]))).toThrow(/Pool_hls_0: "ram_style" is not/);
});

test.each<[Record<string, Attributes>, RegExp]>([
  [{ MVAU_hls_14: { PE: 1 } }, /MVAU_hls_14.*no such node; it has 14 MVAU_hls and 1 MVAU_rtl/],
  [{ Elephant_3: {} }, /Elephant_3.*59 nodes, none of that kind/],
  [{ StreamingFIFO_rtl_500: { depth: 4 } }, /StreamingFIFO_rtl_500.*no such node/],
  [
    { MVAU_hls_1: { PEs: 4 } },
    /MVAU_hls_1: "PEs" is not a folding attribute of this node; it has .*PE, SIMD/,
  ],
  [{ FMPadding_rtl_0: { PE: 4 } }, /FMPadding_rtl_0: "PE" is not/],
  [{ VVAU_hls_0: { ram_style_thresholds: "block" } }, /VVAU_hls_0: "ram_style_thresholds" is not/],
  [{ MVAU_hls_1: { ram_style: "blok" } }, /MVAU_hls_1: ram_style is "blok", expected .*"block"/],
  [{ MVAU_hls_1: { mem_mode: "decoupled" } }, /mem_mode is "decoupled"/],
  [{ MVAU_hls_1: { PE: 0 } }, /MVAU_hls_1: PE is 0, expected >=1/],
  [{ MVAU_hls_1: { PE: 1.5 } }, /MVAU_hls_1: PE is 1.5, expected a whole number/],
  [{ MVAU_hls_1: { PE: "4" } }, /PE is "4", expected number/],
  [{ MVAU_hls_1: { PE: 5 } }, /MVAU_hls_1: PE 5 does not divide 64; legal are 1, 2, 4, 8, 16, 32, 64/],
  [{ MVAU_hls_1: { PE: 128 } }, /PE 128 does not divide 64/],
  [{ MVAU_hls_0: { SIMD: 2 } }, /MVAU_hls_0: SIMD 2 does not divide 27/],
  [
    { VVAU_hls_0: { PE: 4 } },
    /VVAU_hls_0: PE 4 must be the SIMD of ConvolutionInputGenerator_rtl_1 before it, 1/,
  ],
  [{ ConvolutionInputGenerator_rtl_0: { parallel_window: 1 } }, /SIMD must be all 3 channels/],
  [{ StreamingFIFO_rtl_0: { depht: 4 } }, /StreamingFIFO_rtl_0: "depht" is not/],
  [{ StreamingFIFO_rtl_0: { impl_style: "hls" } }, /StreamingFIFO_rtl_0: impl_style is "hls"/],
  [{ StreamingFIFO_rtl_0: { depth: -1 } }, /StreamingFIFO_rtl_0: depth is -1/],
  [
    { StreamingFIFO_rtl_0: { depth: 2 ** 22 + 1 } },
    /StreamingFIFO_rtl_0: depth is 4194305, expected <=4194304/,
  ],
  [{ MVAU_hls_1: { inFIFODepths: [2, 2] } }, /MVAU_hls_1: inFIFODepths is \[2,2\]/],
])("%j is refused by name", (nodes, sentence) => {
  expect(() => fold(naming(nodes))).toThrow(StreamscopeError);
  expect(() => fold(naming(nodes))).toThrow(sentence);
});

test("FINN's final_hw_config.json names converters and FIFOs with wishes that do nothing", () => {
  const wishes = { inFIFODepths: [4], outFIFODepths: [4] };
  const converter = { ...wishes };
  const named = naming({
    MVAU_hls_0: { PE: 2 },
    StreamingDataWidthConverter_rtl_0: converter,
    StreamingFIFO_rtl_0: { depth: 16, ...wishes },
  });
  const depths = fold(named).instances.flatMap((one) =>
    one.kind === "StreamingFIFO" ? one.folding.depth : [],
  );
  expect(depths).toEqual([16, ...depths.slice(1).fill(2)]);
  expect(() => fold(naming({ StreamingDataWidthConverter_rtl_0: {} }))).toThrow(/no such node/);
});

test("a FIFO may have 4,194,304 beats", () => {
  const { instances } = fold(naming({ StreamingFIFO_rtl_0: { depth: 2 ** 22 } }));
  const fifo = instances.find(({ name }) => name === "StreamingFIFO_rtl_0");
  expect(fifo).toMatchObject({ folding: { depth: 4_194_304 } });
});

test("RTL thresholds refuse what only HLS ones have, unless it is a default for all", () => {
  const zynq = withStandaloneThresholds(graph);
  const style = { ram_style: "block" };
  expect(() => foldGraph(zynq, naming({ Thresholding_rtl_0: style }))).toThrow(
    /Thresholding_rtl_0: "ram_style" is not .*it has .*depth_trigger_bram/,
  );
  const forAll = {
    defaults: new Map([["ram_style", { value: "block", opTypes: ["all"] }]]),
    nodes: new Map(),
  };
  const folded = foldGraph(zynq, forAll).nodes.map(({ node, folding }) => [node.kind, folding]);
  expect(folded).toContainEqual(["ConvolutionInputGenerator", expect.objectContaining(style)]);
  expect(folded).not.toContainEqual(["Thresholding", expect.objectContaining(style)]);
});

test("a Zynq folding does not go onto a graph with absorbed thresholds", () => {
  expect(() => fold(mobilenetFoldings.ZCU102())).toThrow(/Thresholding_rtl_0.*none of that kind/);
});
