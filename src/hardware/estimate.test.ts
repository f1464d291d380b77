import { describe, expect, test } from "vitest";
import { boards } from "./boards";
import { allResources, layerResources, networkPerformance } from "./estimate";
import type { FoldedGraph } from "./fold-graph";
import { cyclesOf, inputWidthBits, outputWidthBits, resourcesOf } from "./models";
import { u250Converters, u250Fifos, u250Layers } from "./testing/figures-u250";
import { zynqFifos, zynqLayers } from "./testing/figures-zynq";
import { foldedFor } from "./testing/shipped-graph";

const converters = (graph: FoldedGraph) =>
  graph.instances.filter((one) => one.kind === "StreamingDataWidthConverter");
const fifos = (graph: FoldedGraph) => graph.instances.filter((one) => one.kind === "StreamingFIFO");
const setFifos = (graph: FoldedGraph) =>
  fifos(graph)
    .filter(({ folding }) => folding.depth !== 2)
    .map(({ name, from, to, widthBits, folding }) => [
      Number(name.split("_").at(-1)),
      from,
      to,
      widthBits,
      folding.depth,
      folding.impl_style,
      folding.ram_style,
    ]);

describe("U250", () => {
  const graph = foldedFor("U250");

  test("every node has FINN's cycles, stream widths and resources", () => {
    const rows = graph.nodes.map((folded) => {
      const { lut, bram18, uram, dsp } = resourcesOf(folded);
      expect(uram).toBe(0);
      const widths = [inputWidthBits(folded), outputWidthBits(folded)];
      return [folded.node.name, cyclesOf(folded), ...widths, lut, bram18, dsp];
    });
    expect(rows).toEqual(u250Layers);
  });

  test("the network's totals are FINN's", () => {
    const performance = networkPerformance(graph, boards.U250.clockNs);
    expect(performance).toMatchObject({
      maxCycles: 111_340,
      bottleneck: "ConvolutionInputGenerator_rtl_0",
      criticalPathCycles: 3_439_012,
    });
    expect(performance.throughputFps).toBeCloseTo(2993.8, 1);
    expect(performance.latencyNs / 1e6).toBeCloseTo(10.317, 3);
    expect(layerResources(graph)).toEqual({ lut: 364_518, bram18: 1148, uram: 0, dsp: 100 });
    expect(allResources(graph)).toMatchObject({ bram18: 1148, uram: 22, dsp: 100 });
  });

  test("20 width converters and 80 FIFOs stand where FINN has them", () => {
    expect(converters(graph).map(({ inputBits, outputBits }) => [inputBits, outputBits])).toEqual(
      u250Converters,
    );
    expect(converters(graph).map(({ name }) => name)).toEqual(
      u250Converters.map((_, i) => `StreamingDataWidthConverter_rtl_${i}`),
    );
    expect(fifos(graph).map(({ name }) => name)).toEqual(
      Array.from({ length: 80 }, (_, i) => `StreamingFIFO_rtl_${i}`),
    );
    expect(setFifos(graph)).toEqual(u250Fifos);
  });
});

describe.each([
  ["ZCU102", 0, { lut: 63_450, bram18: 1070, uram: 0, dsp: 684 }, { bram18: 1130, uram: 0 }],
  ["ZCU104", 1, { lut: 47_970, bram18: 530, uram: 39, dsp: 684 }, { bram18: 530, uram: 39 }],
] as const)("%s", (board, column, layers, all) => {
  const graph = foldedFor(board);

  test("every node has FINN's cycles and resources", () => {
    const rows = graph.nodes.map((folded) => {
      const { lut, bram18, uram, dsp } = resourcesOf(folded);
      return [folded.node.name, cyclesOf(folded), lut, bram18, uram, dsp];
    });
    expect(rows).toEqual(
      zynqLayers.map(([name, cycles, lut, bram18, uram, dsp]) => [
        name,
        cycles,
        lut[column],
        bram18[column],
        uram[column],
        dsp,
      ]),
    );
  });

  test("the network's totals are FINN's", () => {
    const performance = networkPerformance(graph, boards[board].clockNs);
    expect(performance).toMatchObject({
      maxCycles: 394_272,
      bottleneck: "Thresholding_rtl_0",
      criticalPathCycles: 15_803_927,
    });
    expect(performance.throughputFps).toBeCloseTo(469.7, 1);
    expect(performance.latencyNs / 1e6).toBeCloseTo(85.341, 3);
    expect(layerResources(graph)).toEqual(layers);
    expect(allResources(graph)).toMatchObject(all);
  });

  test("55 width converters and 142 FIFOs stand where FINN has them", () => {
    expect(converters(graph)).toHaveLength(55);
    expect(fifos(graph)).toHaveLength(142);
    expect(setFifos(graph)).toEqual(
      zynqFifos.map(([index, from, to, width, depth, ...styles]) => [
        index,
        from,
        to,
        width,
        depth,
        ...styles[column],
      ]),
    );
  });
});

test.each(["U250", "ZCU102", "ZCU104"] as const)(
  "FINN's folding fits the %s by FINN's estimates",
  (board) => {
    const { capacity } = boards[board];
    const used = allResources(foldedFor(board));
    for (const key of ["lut", "bram18", "uram", "dsp"] as const) {
      expect(used[key]).toBeLessThanOrEqual(capacity[key]);
    }
  },
);
