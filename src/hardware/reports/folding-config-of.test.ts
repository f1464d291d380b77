import { assert, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { boards } from "../boards";
import { type FoldedGraph, foldGraph } from "../fold-graph";
import type { Attributes, FoldingConfig } from "../folding-config";
import { readFoldingFile, writeFoldingFile } from "../folding-file";
import { mobilenetFoldings } from "../presets";
import { withStandaloneThresholds } from "../standalone-thresholds";
import { legalFoldings } from "../testing/legal-foldings";
import { fold, thresholdNode } from "../testing/nodes";
import { foldedFor, shippedGraph } from "../testing/shipped-graph";
import { foldingConfigOf } from "./folding-config-of";

const shipped = shippedGraph();
const standalone = withStandaloneThresholds(shipped);
const options = { widths: "type-bound" } as const;

describe.each(["U250", "ZCU102", "ZCU104"] as const)("%s", (board) => {
  const graph = boards[board].standaloneThresholds ? standalone : shipped;
  const written = (folded: FoldedGraph, fifos: boolean) =>
    foldGraph(graph, readFoldingFile(writeFoldingFile(foldingConfigOf(folded, { fifos }))), options);

  test("FINN's folding comes back from final_hw_config.json", () => {
    const folded = foldGraph(graph, mobilenetFoldings[board](), options);
    expect(written(folded, true)).toEqual(folded);
  });

  test("so does any other", () => {
    assert(
      property(legalFoldings(graph), (config) => {
        const folded = foldGraph(graph, config, options);
        expect(written(folded, true)).toEqual(folded);
      }),
      { numRuns: 20 },
    );
  });

  test("auto_folding_config.json keeps all but what FIFOs there are", () => {
    assert(
      property(legalFoldings(graph), (config) => {
        const folded = foldGraph(graph, withoutFifos(config), options);
        expect(written(folded, false)).toEqual(folded);
        const wished = foldGraph(graph, config, options);
        expect(written(wished, false)).toEqual(folded);
      }),
      { numRuns: 10 },
    );
  });
});

/** Without FIFOs and the wishes for them. */
function withoutFifos({ defaults, nodes }: FoldingConfig): FoldingConfig {
  const kept = [...nodes].filter(([name]) => !name.startsWith("StreamingFIFO"));
  return {
    defaults,
    nodes: new Map(
      kept.map(([name, { inFIFODepths: _in, outFIFODepths: _out, ...attributes }]) => [name, attributes]),
    ),
  };
}

const named = (config: FoldingConfig, name: string): Attributes | undefined => config.nodes.get(name);
const keys = (attributes: Attributes | undefined) => Object.keys(attributes ?? {});

test("names and attributes stand in FINN's order, defaults written out", () => {
  const folded = foldedFor("ZCU104");
  const final = foldingConfigOf(folded, { fifos: true });
  expect([...final.nodes.keys()].slice(0, 6)).toEqual([
    "StreamingFIFO_rtl_0",
    "ConvolutionInputGenerator_rtl_0",
    "StreamingFIFO_rtl_1",
    "StreamingDataWidthConverter_rtl_0",
    "StreamingFIFO_rtl_2",
    "MVAU_rtl_0",
  ]);
  expect(final.nodes.size).toBe(86 + 55 + 142);
  expect(keys(named(final, "MVAU_rtl_14"))).toEqual([
    "PE",
    "SIMD",
    "ram_style",
    "resType",
    "mem_mode",
    "runtime_writeable_weights",
    "inFIFODepths",
    "outFIFODepths",
  ]);
  expect(named(final, "Thresholding_rtl_0")).toEqual({
    PE: 1,
    runtime_writeable_weights: 0,
    inFIFODepths: [2],
    outFIFODepths: [2],
    depth_trigger_uram: 1024,
    depth_trigger_bram: 512,
  });
  expect(keys(named(final, "StreamingFIFO_rtl_0"))).toEqual([
    "ram_style",
    "depth",
    "impl_style",
    "inFIFODepths",
    "outFIFODepths",
  ]);
  const auto = foldingConfigOf(folded, { fifos: false });
  expect([...auto.nodes.keys()]).toEqual(folded.nodes.map(({ node }) => node.name));
  expect(named(auto, "ConvolutionInputGenerator_rtl_3")).toEqual({
    SIMD: 16,
    parallel_window: 0,
    ram_style: "block",
  });
});

test("a FIFO that was taken out is written with a depth of 0", () => {
  const folded = foldGraph(shipped, {
    defaults: new Map(),
    nodes: new Map([["StreamingFIFO_rtl_3", { depth: 0 }]]),
  });
  const { nodes } = foldingConfigOf(folded, { fifos: true });
  expect(nodes.get("StreamingFIFO_rtl_3")).toMatchObject({ depth: 0 });
  expect(nodes.get("StreamingFIFO_rtl_2")).toMatchObject({ depth: 2 });
});

test("HLS thresholds have other attributes than RTL ones", () => {
  const attributes = (impl: "hls" | "rtl") => {
    const one = fold(thresholdNode(4, impl));
    const { nodes } = foldingConfigOf(
      { name: "one", input: one.node.input, nodes: [one], instances: [] },
      {
        fifos: false,
      },
    );
    return keys(nodes.get(one.node.name));
  };
  expect(attributes("hls")).toEqual(["PE", "ram_style", "mem_mode", "runtime_writeable_weights"]);
  expect(attributes("rtl")).toEqual([
    "PE",
    "runtime_writeable_weights",
    "depth_trigger_uram",
    "depth_trigger_bram",
  ]);
});

test("a graph without nodes has nothing to write", () => {
  const empty = foldGraph({ name: "empty", input: shipped.input, nodes: [] });
  expect(foldingConfigOf(empty, { fifos: true }).nodes.size).toBe(0);
});
