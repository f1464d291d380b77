import { expect, test } from "vitest";
import { boards } from "../../../hardware/boards";
import { foldingReport } from "../../../hardware/folding-report";
import { foldedFor, shippedGraph } from "../../../hardware/testing/shipped-graph";
import { accumulators } from "./accumulators";
import { designLayers } from "./design-layers";
import { isSums, type Layer } from "./layer";
import { receptiveField } from "./receptive-field";
import { stairOf } from "./staircase";
import { layersOfGraph } from "./testing/layers-of-graph";

const graph = shippedGraph();
const network = layersOfGraph(graph);
const rowsFor = (board: "U250" | "ZCU104") =>
  foldingReport(foldedFor(board, "from-weights"), boards[board]).nodes;

test("on the U250 the layers are the emulator's", () => {
  expect(designLayers(network, rowsFor("U250"))).toEqual(network);
});

test("on a Zynq every sum has a layer, and after it one of the emulator's values", () => {
  const rows = rowsFor("ZCU104");
  const layers = designLayers(network, rows) ?? [];
  expect(layers.map(({ title }) => title)).toEqual(["Network input", ...rows.map(({ name }) => name)]);
  expect(layers.flatMap(({ tapped }) => tapped ?? [])).toEqual(graph.nodes.map(({ name }) => name));
  expect(layers.filter(isSums)).toHaveLength(rows.length - graph.nodes.length);
  for (const [i, layer] of layers.entries()) {
    if (!isSums(layer)) continue;
    const after = layers[i + 1];
    expect(after?.node?.kind).toBe("Thresholding");
    expect(layer.datatype.signed && layer.datatype.bits > 4).toBe(true);
    expect([layer.height, layer.width, layer.channels]).toEqual([
      after?.height,
      after?.width,
      after?.channels,
    ]);
    expect(after?.datatype.name).toBe("UINT4");
    expect(receptiveField(layers, i, 1, 1)).toEqual(receptiveField(layers, i + 1, 1, 1));
  }
});

test("the sums before thresholds of their own are added up as those within a node", () => {
  const layers = designLayers(network, rowsFor("ZCU104")) ?? [];
  const at = layers.findIndex(({ tapped }) => tapped === "MVAU_hls_0");
  const node = graph.nodes.find(({ name }) => name === "MVAU_hls_0");
  if (node?.kind !== "MVAU" || !node.activation) throw new Error("no thresholds");
  const photo = Uint8Array.from({ length: 224 * 224 * 3 }, (_, i) => (i * 7919) % 256);
  const values = ({ node: of }: Layer) => (of ? null : photo);
  const own = network.findIndex(({ title }) => title === "MVAU_hls_0");
  const outputs = new Set<number>();
  for (let channel = 0; channel < node.mh; channel++) {
    const sums = accumulators(layers, at - 1, channel, node.weights, values);
    expect(sums).not.toBeNull();
    expect(sums).toEqual(accumulators(network, own, channel, node.weights, values));
    const thresholds = node.activation.thresholds.data.subarray(channel * 15, (channel + 1) * 15);
    for (const sum of sums ?? []) outputs.add(stairOf(thresholds, sum));
  }
  expect(outputs.size).toBeGreaterThan(2);
});

test("another network is not mixed with the design", () => {
  expect(designLayers(network.slice(0, -1), rowsFor("U250"))).toBeNull();
});
