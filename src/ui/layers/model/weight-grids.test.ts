import { expect, test } from "vitest";
import { shippedGraph } from "../../../hardware/testing/shipped-graph";
import { layersOfGraph } from "./testing/layers-of-graph";
import { weightGrids } from "./weight-grids";

const graph = shippedGraph();
const layers = layersOfGraph(graph);

/** The grids of a node's channel, with its weights as the graph has them. */
function gridsOf(name: string, channel: number) {
  const index = layers.findIndex((layer) => layer.title === name);
  const node = graph.nodes[index - 1]!;
  if (!("weights" in node)) throw new Error(`${name} has no weights`);
  const { data, shape } = node.weights;
  return { grids: weightGrids(layers, index, channel, node.weights), data, inputs: shape[1]! };
}

test("a depthwise channel is one kernel", () => {
  const { grids, data } = gridsOf("VVAU_hls_3", 2);
  const weights = [...data.subarray(18, 27)];
  expect(grids).toEqual([
    { title: "", rows: [weights.slice(0, 3), weights.slice(3, 6), weights.slice(6, 9)] },
  ]);
});

test("the first convolution has a kernel for each colour", () => {
  const { grids, data } = gridsOf("MVAU_hls_0", 1);
  expect(grids.map(({ title }) => title)).toEqual(["Red", "Green", "Blue"]);
  // Row 2, column 1 of the kernel, green: place (2*3 + 1)*3 + 1 of the channel's 27.
  expect(grids[1]!.rows[2]![1]).toBe(data[27 + 22]);
});

test.each([
  ["MVAU_hls_1", 32, 4, 8],
  ["MVAU_hls_3", 128, 8, 16],
  ["MVAU_hls_13", 1024, 32, 32],
])("%s has %d inputs in %d rows of %d", (name, count, rows, columns) => {
  const { grids, data, inputs } = gridsOf(name, 3);
  expect(inputs).toBe(count);
  expect(grids).toHaveLength(1);
  expect(grids[0]!.rows).toHaveLength(rows);
  expect(grids[0]!.rows[0]).toHaveLength(columns);
  expect(grids[0]!.rows.flat()).toEqual([...data.subarray(3 * count, 4 * count)]);
});
