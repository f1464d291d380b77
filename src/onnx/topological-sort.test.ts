import fc from "fast-check";
import { expect, test } from "vitest";
import { StreamscopeError } from "../graph/errors";
import { makeNode } from "./edit";
import type { OnnxNode } from "./model";
import { topologicalSort } from "./topological-sort";

/** Node i reads what the nodes in `reads[i]` make, and the graph's input. */
const nodesReading = (reads: readonly (readonly number[])[]): OnnxNode[] =>
  reads.map((from, i) =>
    makeNode("Op", ["x", ...from.map((j) => `t${j}`)], [`t${i}`], {}, { name: `n${i}` }),
  );

test("any order of any graph without cycles becomes one in which tensors are made before they are read", () => {
  const acyclic = fc
    .array(fc.array(fc.nat(99), { maxLength: 4 }), { maxLength: 30 })
    .map((rows) => rows.map((row, i) => (i === 0 ? [] : row.map((j) => j % i))));
  const shuffled = acyclic.chain((reads) =>
    fc.shuffledSubarray(nodesReading(reads), { minLength: reads.length, maxLength: reads.length }),
  );
  fc.assert(
    fc.property(shuffled, (nodes) => {
      const sorted = topologicalSort(nodes);
      expect(new Set(sorted)).toEqual(new Set(nodes));
      const made = new Set(["x"]);
      for (const node of sorted) {
        for (const input of node.inputs) expect(made).toContain(input);
        for (const output of node.outputs) made.add(output);
      }
    }),
  );
});

test("nodes in order stay where they are", () => {
  const nodes = nodesReading([[], [], [0], [1], [2, 3]]);
  expect(topologicalSort(nodes)).toEqual(nodes);
});

test("a long chain, written backwards, needs no call stack", () => {
  const nodes = nodesReading(Array.from({ length: 50_000 }, (_, i) => (i === 0 ? [] : [i - 1])));
  expect(topologicalSort(nodes.toReversed())).toEqual(nodes);
});

test("a cycle is refused, and its nodes are named", () => {
  const cycle = () => topologicalSort(nodesReading([[], [0, 3], [1], [2], [3]]));
  expect(cycle).toThrow(StreamscopeError);
  expect(cycle).toThrow(/"n1", "n3", "n2" feed each other/);
});

test("a node that reads itself is a cycle", () => {
  expect(() => topologicalSort(nodesReading([[0]]))).toThrow(/"n0" feed/);
});
