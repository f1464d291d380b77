import { expect, test } from "vitest";
import { tinyGraph } from "../graph/testing/tiny-graph";
import { boards } from "./boards";
import { allResources, layerResources, networkPerformance } from "./estimate";
import { foldGraph } from "./fold-graph";
import { foldingReport } from "./folding-report";
import { u250Layers } from "./testing/figures-u250";
import { foldedFor } from "./testing/shipped-graph";

test("the rows are FINN's own figures", () => {
  const { nodes } = foldingReport(foldedFor("U250"), boards.U250);
  const rows = nodes.map(({ name, cycles, input, output, resources: { lut, bram18, dsp } }) => [
    name,
    cycles,
    input.bits,
    output.bits,
    lut,
    bram18,
    dsp,
  ]);
  expect(rows).toEqual(u250Layers);
});

test.each(["U250", "ZCU102", "ZCU104"] as const)("%s: rows add up to the totals, in stream order", (name) => {
  const folded = foldedFor(name, "from-weights");
  const { nodes, inserted, totals, performance } = foldingReport(folded, boards[name]);
  expect(totals).toEqual({ layers: layerResources(folded), all: allResources(folded) });
  const luts = (rows: readonly { resources: { lut: number } }[]) =>
    rows.reduce((sum, { resources }) => sum + resources.lut, 0);
  expect(luts(nodes)).toBe(totals.layers.lut);
  expect(luts(nodes) + luts(inserted)).toBe(totals.all.lut);
  expect(performance).toEqual(networkPerformance(folded, boards[name].clockNs));
  expect(nodes.length + inserted.length).toBe(folded.instances.length);
});

test("it survives structured cloning", () => {
  const report = foldingReport(foldGraph(tinyGraph()), boards.ZCU104);
  expect(structuredClone(report)).toEqual(report);
});

test("a whole window a beat leaves one choice of SIMD", () => {
  const folded = foldedFor("U250");
  const window = "ConvolutionInputGenerator_rtl_0";
  const legal = (graph: typeof folded) =>
    foldingReport(graph, boards.U250).nodes.find(({ name }) => name === window)?.legal;
  expect(legal(folded)).toEqual({ SIMD: [1, 3] });
  const nodes = folded.nodes.map((one) =>
    one.kind === "ConvolutionInputGenerator" && one.node.name === window
      ? { ...one, folding: { ...one.folding, parallel_window: 1 as const } }
      : one,
  );
  expect(legal({ ...folded, nodes })).toEqual({ SIMD: [3] });
});
