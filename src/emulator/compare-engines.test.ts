import { expect, test } from "vitest";
import type { DataflowGraph } from "../graph/dataflow";
import { sizeOf } from "../graph/dataflow";
import { tinyGraph } from "../graph/testing/tiny-graph";
import { compareEngines, computingNodes } from "./compare-engines";
import type { Engine } from "./engine";
import { createReferenceEngine } from "./reference/engine";
import { mobilenetShaped } from "./testing/mobilenet";

const graph = mobilenetShaped({ seed: 1, width: 1 / 8, inputSize: 32, classes: 12 });
const input = Uint8Array.from({ length: sizeOf(graph.input.shape) }, (_, i) => (i * 37) % 256);

/** The graph with one weight of one layer changed. */
function withOneWrongWeight(node: string): DataflowGraph {
  return {
    ...graph,
    nodes: graph.nodes.map((one) => {
      if (one.name !== node || one.kind !== "MVAU") return one;
      const data = one.weights.data.slice();
      data[0] = (data[0] ?? 0) > 0 ? -7 : 7;
      return { ...one, weights: { ...one.weights, data } };
    }),
  };
}

test("equal engines agree in every value of every node that computes", async () => {
  const engine = await createReferenceEngine(graph);
  const runs: Engine[] = [];
  const layers = await compareEngines(graph, [engine, engine], input, { onEngine: (one) => runs.push(one) });
  expect(layers.map(({ node }) => node)).toEqual(computingNodes(graph).map(({ name }) => name));
  for (const [i, { output }] of computingNodes(graph).entries()) {
    expect(layers[i]).toMatchObject({ values: sizeOf(output.shape), differing: 0, first: null });
  }
  expect(runs).toHaveLength(2);
});

test("one wrong weight shows in its layer, and in none before it", async () => {
  const wrong = "MVAU_hls_3";
  const engines = [
    await createReferenceEngine(graph),
    await createReferenceEngine(withOneWrongWeight(wrong)),
  ] as const;
  const layers = await compareEngines(graph, engines, input);
  const found = layers.find(({ differing }) => differing > 0);
  expect(found?.node).toBe(wrong);
  const { taps: ours } = await engines[0].run(input, { taps: [wrong] });
  const { taps: theirs } = await engines[1].run(input, { taps: [wrong] });
  const [a, b] = [ours.get(wrong)!.data, theirs.get(wrong)!.data];
  const different = [...a.keys()].filter((i) => a[i] !== b[i]);
  expect(found).toMatchObject({
    differing: different.length,
    first: { index: different[0], first: a[different[0]!], second: b[different[0]!] },
  });
});

test("padding and windows are not among the nodes that compute", () => {
  expect(new Set(computingNodes(tinyGraph()).map(({ kind }) => kind))).toEqual(
    new Set(tinyGraph().nodes.flatMap(({ kind }) => (/^(FMP|Conv)/.test(kind) ? [] : [kind]))),
  );
});
