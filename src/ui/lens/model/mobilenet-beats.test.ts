import { beforeAll, expect, test } from "vitest";
import { createReferenceEngine } from "../../../emulator/reference/engine";
import { Random } from "../../../emulator/testing/random";
import type { IntegerArray } from "../../../graph/dataflow";
import { foldedFor, shippedGraph } from "../../../hardware/testing/shipped-graph";
import { type Chain, chainOf, computes } from "./chain";
import { emulatedNodes } from "./emulated-node";
import { isReducer } from "./reduction";
import { climb } from "./staircase";
import { laneOf, tileAt } from "./tile";
import type { Values } from "./values";

/** The emulator's outputs for one random picture. */
let taps: ReadonlyMap<string, { data: IntegerArray }>;
const graph = shippedGraph();
const input = new Random(3).input(graph.input.datatype, graph.input.shape);

beforeAll(async () => {
  const engine = await createReferenceEngine(graph);
  const names = graph.nodes.filter(({ kind }) => computes(kind)).map(({ name }) => name);
  ({ taps } = await engine.run(input, { taps: names }));
});

const reading =
  (data: ArrayLike<number>): Values =>
  (index) =>
    data[index]!;

function chainFor(board: "U250" | "ZCU104"): Chain {
  const { nodes } = foldedFor(board);
  const names = emulatedNodes(
    nodes.map(({ node }) => node),
    graph.nodes,
  );
  return chainOf(nodes, reading(input), (i) => {
    const tap = taps.get(names?.get(nodes[i]!.node.name) ?? "");
    return tap ? reading(tap.data) : null;
  });
}

test.each(["U250", "ZCU104"] as const)(
  "at beats of every layer of %s the lens has the emulator's integers",
  (board) => {
    const chain = chainFor(board);
    const random = new Random(5);
    let compared = 0;
    for (const [node, folded] of chain.nodes.entries()) {
      if (!isReducer(folded)) continue;
      for (let tries = 0; tries < 2; tries++) {
        const { reduction } = tileAt(folded, 0);
        const { pixels, channels, terms, pe, simd, shift, activation } = reduction;
        // The cycle in which a random beat goes out.
        const beat = random.integer(0, pixels * (channels / pe) - 1);
        const tile = tileAt(folded, (beat + 1) * (terms / simd) - 1);
        expect(tile.finishes).toBe(true);
        for (let p = 0; p < pe; p++) {
          const { after, channel, outputIndex } = laneOf(chain, node, tile, p);
          expect(outputIndex).toBe(beat * pe + p);
          const next = chain.nodes[node + 1];
          const thresholds = activation ?? (next?.kind === "Thresholding" ? next.node.activation : null);
          const value = thresholds ? climb(thresholds, channel, after).value : after >> shift;
          const edge = activation || !thresholds ? node + 1 : node + 2;
          expect([folded.node.name, value]).toEqual([folded.node.name, chain.edges[edge]!(outputIndex)]);
          compared++;
        }
      }
    }
    expect(compared).toBeGreaterThan(200);
  },
);
