import { expect, test } from "vitest";
import { boards } from "./boards";
import { editFolding } from "./edit-folding";
import { type FoldedGraph, foldGraph } from "./fold-graph";
import type { Attributes, FoldingConfig } from "./folding-config";
import { foldingReport } from "./folding-report";
import { mobilenetFoldings } from "./presets";
import { shippedGraph } from "./testing/shipped-graph";

const graph = shippedGraph();
const preset = mobilenetFoldings.U250();

/** The depths of the FIFOs that stand between two nodes. */
function depths(config: FoldingConfig): Map<string, number[]> {
  const found = new Map<string, number[]>();
  let before = "in";
  for (const instance of foldGraph(graph, config).instances) {
    if (instance.kind === "node") before = instance.name;
    if (instance.kind !== "StreamingFIFO") continue;
    found.set(before, [...(found.get(before) ?? []), instance.folding.depth]);
  }
  return found;
}

test("one node's PE changes, and nothing else of the nodes", () => {
  const { config, along } = editFolding(graph, preset, { node: "MVAU_hls_3", axis: "PE", value: 64 });
  expect(along).toBeNull();
  for (const { name } of graph.nodes) {
    const wanted = name === "MVAU_hls_3" ? { ...preset.nodes.get(name), PE: 64 } : preset.nodes.get(name);
    expect(config.nodes.get(name)).toEqual(wanted);
  }
});

test.each([
  [{ node: "VVAU_hls_4", axis: "PE", value: 16 }, "ConvolutionInputGenerator_rtl_5", "SIMD"],
  [{ node: "ConvolutionInputGenerator_rtl_5", axis: "SIMD", value: 16 }, "VVAU_hls_4", "PE"],
] as const)("%j changes its neighbour along, so that it stays legal", (edit, node, axis) => {
  const { config, along, folded } = editFolding(graph, preset, edit);
  expect(along).toEqual({ node, axis });
  expect(config.nodes.get(node)?.[axis]).toBe(16);
  expect(folded.nodes).toHaveLength(graph.nodes.length);
});

test("the SIMD of a VVAU is its own affair", () => {
  const { along } = editFolding(graph, preset, { node: "VVAU_hls_4", axis: "SIMD", value: 3 });
  expect(along).toBeNull();
});

test("FIFOs keep their depths between the same neighbours although converters move the numbers", () => {
  // 16 values of the MVAU a beat and 16 of the padding behind it: without a converter, so PE 8 adds one.
  const edit = { node: "MVAU_hls_6", axis: "PE", value: 8 } as const;
  const { config, folded, givenUp } = editFolding(graph, preset, edit);
  const converters = (all: readonly { kind: string }[]) =>
    all.filter(({ kind }) => kind === "StreamingDataWidthConverter").length;
  const before = foldGraph(graph, preset);
  expect(converters(folded.instances)).not.toBe(converters(before.instances));
  const [old, now] = [depths(preset), depths(config)];
  for (const [node, found] of old) {
    if (node !== "MVAU_hls_6") expect([node, now.get(node)]).toEqual([node, found]);
  }
  // Behind the MVAU the beats are others: what was said of their FIFOs is given up, by name.
  expect(now.get("MVAU_hls_6")?.every((depth) => depth === 2)).toBe(true);
  expect(givenUp).toEqual([...fifosBehind(before, "MVAU_hls_6")].filter((name) => preset.nodes.has(name)));
});

function* fifosBehind({ instances }: ReturnType<typeof foldGraph>, node: string) {
  let behind = false;
  for (const instance of instances) {
    if (instance.kind === "node") behind = instance.name === node;
    else if (behind && instance.kind === "StreamingFIFO") yield instance.name;
  }
}

test("there and back again is the same hardware, but for the FIFOs that were given up", () => {
  const there = editFolding(graph, preset, { node: "MVAU_hls_6", axis: "PE", value: 8 });
  const back = editFolding(graph, there.config, { node: "MVAU_hls_6", axis: "PE", value: 16 });
  const nodes = new Map([...preset.nodes].filter(([name]) => !there.givenUp.includes(name)));
  const report = (folded: FoldedGraph) => foldingReport(folded, boards.U250);
  expect(report(back.folded)).toEqual(report(foldGraph(graph, { ...preset, nodes })));
});

test("a FIFO that a depth of 0 takes out stays out", () => {
  const without = { ...preset, nodes: new Map([...preset.nodes, ["StreamingFIFO_rtl_71", { depth: 0 }]]) };
  const { config } = editFolding(graph, without, { node: "MVAU_hls_6", axis: "PE", value: 8 });
  const [fewer, all] = [foldGraph(graph, without), foldGraph(graph, preset)].map(
    ({ instances }) => instances.filter(({ kind }) => kind === "StreamingFIFO").length,
  );
  expect(fewer).toBe((all ?? 0) - 1);
  const zero = [...config.nodes].filter(([, { depth }]: [string, Attributes]) => depth === 0);
  expect(zero).toHaveLength(1);
});

test("a value that is not legal is refused by the node's name", () => {
  const edit = { node: "MVAU_hls_3", axis: "PE", value: 7 } as const;
  expect(() => editFolding(graph, preset, edit)).toThrow(/^MVAU_hls_3: PE 7 does not divide 128/);
  const nowhere = { node: "MVAU_hls_99", axis: "PE", value: 1 } as const;
  expect(() => editFolding(graph, preset, nowhere)).toThrow(/^MVAU_hls_99: /);
});
