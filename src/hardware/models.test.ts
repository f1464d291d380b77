import { assert, constantFrom, property } from "fast-check";
import { expect, test } from "vitest";
import { sizeOf } from "../graph/dataflow";
import { foldGraph } from "./fold-graph";
import { cyclesOf, foldedInput, foldedOutput, legalFolding, resourcesOf } from "./models";
import { withStandaloneThresholds } from "./standalone-thresholds";
import { shippedGraph } from "./testing/shipped-graph";

const nodes = [shippedGraph(), withStandaloneThresholds(shippedGraph())].flatMap((graph) => graph.nodes);

/** A node alone, with one of its legal foldings. */
const legalFoldings = constantFrom(...nodes).chain((node) => {
  const { PE = [1], SIMD = [1] } = legalFolding(node.kind, node);
  return constantFrom(...PE).chain((pe) => constantFrom(...SIMD).map((simd) => ({ node, pe, simd })));
});

function folded({ node, pe, simd }: { node: (typeof nodes)[number]; pe: number; simd: number }) {
  const legal = legalFolding(node.kind, node);
  const attributes = { ...(legal.PE && { PE: pe }), ...(legal.SIMD && { SIMD: simd }) };
  const graph = { name: "one", input: node.input, nodes: [node] };
  const [one] = foldGraph(graph, { defaults: new Map(), nodes: new Map([[node.name, attributes]]) }).nodes;
  if (!one) throw new Error("a node went in");
  return one;
}

test("a legal folding cuts the streams into whole beats and loses no value", () => {
  assert(
    property(legalFoldings, (choice) => {
      const one = folded(choice);
      for (const [shape, stream] of [
        [foldedInput(one), one.node.input],
        [foldedOutput(one), one.node.output],
      ] as const) {
        expect(shape.every((dim) => Number.isInteger(dim) && dim >= 1)).toBe(true);
        expect(sizeOf(shape)).toBe(sizeOf(stream.shape));
      }
    }),
    { numRuns: 300 },
  );
});

test("no node is faster than its beats come in and go out, and no resource is negative or a fraction", () => {
  assert(
    property(legalFoldings, (choice) => {
      const one = folded(choice);
      const beats = (shape: readonly number[]) => sizeOf(shape.slice(0, -1));
      const cycles = cyclesOf(one);
      expect(Number.isInteger(cycles)).toBe(true);
      // FINN does not count the few beats in which LabelSelect puts out its classes.
      if (one.kind !== "LabelSelect") {
        expect(cycles).toBeGreaterThanOrEqual(Math.max(beats(foldedInput(one)), beats(foldedOutput(one))));
      }
      for (const amount of Object.values(resourcesOf(one))) {
        expect(Number.isInteger(amount) && amount >= 0).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});
