import { describe, expect, test } from "vitest";
import { computeNode } from "../../../emulator/reference/engine";
import type { DataflowGraph, IntegerArray, Stream } from "../../../graph/dataflow";
import { shippedGraph } from "../../../hardware/testing/shipped-graph";
import { accumulators } from "./accumulators";
import { featureMap, sameMap, type Values, valueAt } from "./feature-map";
import type { Layer } from "./layer";
import { stairOf } from "./staircase";
import { layersOfGraph } from "./testing/layers-of-graph";

/** The shipped network's first convolution and dws block, on 13x13 pixels so that it is quick. */
function firstBlock(): DataflowGraph {
  const { nodes, ...graph } = shippedGraph();
  const sides = [13, 6, 6, 8, 6, 6, 6];
  const resized = (stream: Stream, side = 1): Stream => ({
    ...stream,
    shape: [1, side, side, stream.shape[3] ?? 1],
  });
  return {
    ...graph,
    input: resized(graph.input, sides[0]),
    nodes: nodes.slice(0, 6).map((node, i) => ({
      ...node,
      input: resized(node.input, sides[i]),
      output: resized(node.output, sides[i + 1]),
    })),
  };
}

const graph = firstBlock();
const layers = layersOfGraph(graph);
const input = Uint8Array.from({ length: 13 * 13 * 3 }, (_, i) => (i * 37) % 256);
const outputs = new Map<string, IntegerArray>();
let stream: IntegerArray = input;
for (const node of graph.nodes) {
  stream = computeNode(node, stream);
  outputs.set(node.name, stream);
}
/** What the page has: no outputs of sliding windows. */
const values: Values = ({ node }: Layer) =>
  node === null ? input : node.window ? null : (outputs.get(node.name) ?? null);

test("a map reads NHWC", () => {
  const map = featureMap(layers, 0, values)!;
  expect(valueAt(map, 2, 5, 1)).toBe(input[(2 * 13 + 5) * 3 + 1]);
  expect(featureMap(layers, 0, () => null)).toBeNull();
});

test("maps are the same if they show the same integers, whenever they were made", () => {
  const map = featureMap(layers, 1, values);
  expect(map).not.toBeNull();
  expect(sameMap(map, featureMap(layers, 1, values))).toBe(true);
  expect(sameMap(map, featureMap(layers, 0, values))).toBe(false);
  expect(
    sameMap(
      map,
      featureMap(layers, 1, () => input.slice()),
    ),
  ).toBe(false);
  expect(sameMap(map, null)).toBe(false);
  expect(sameMap(null, null)).toBe(true);
});

test.each([1, 4])(
  "layer %d, a sliding window, shows the middles of the windows that the engine puts out",
  (index) => {
    const map = featureMap(layers, index, values)!;
    const { node, height, width, channels } = layers[index]!;
    const windows = outputs.get(node!.name)!;
    const shown: number[] = [];
    const expected: number[] = [];
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        for (let c = 0; c < channels; c++) {
          shown.push(valueAt(map, y, x, c));
          expected.push(windows[((y * width + x) * 9 + 4) * channels + c]!);
        }
      }
    }
    expect(shown).toEqual(expected);
  },
);

describe("accumulators, up the stairs of the thresholds, are what the engine puts out", () => {
  test.each(["MVAU_hls_0", "VVAU_hls_0", "MVAU_hls_1"])("%s", (name) => {
    const index = layers.findIndex((layer) => layer.title === name);
    const node = graph.nodes[index - 1]!;
    if ((node.kind !== "MVAU" && node.kind !== "VVAU") || !node.activation) throw new Error("no thresholds");
    const { thresholds, actVal } = node.activation;
    const steps = thresholds.shape[1]!;
    const { channels, height, width } = layers[index]!;
    for (let channel = 0; channel < channels; channel++) {
      const sums = accumulators(layers, index, channel, node.weights, values)!;
      expect(sums).toHaveLength(height * width);
      const row = thresholds.data.subarray(channel * steps, (channel + 1) * steps);
      const climbed = Array.from(sums, (sum) => stairOf(row, sum, actVal));
      const map = featureMap(layers, index, values)!;
      const put = climbed.map((_, i) => valueAt(map, Math.floor(i / width), i % width, channel));
      expect(climbed).toEqual(put);
    }
  });

  test("a padding has none", () => {
    const { weights } = graph.nodes[1] as Extract<(typeof graph.nodes)[number], { kind: "MVAU" }>;
    expect(accumulators(layers, 3, 0, weights, values)).toBeNull();
  });
});
