import { type Arbitrary, assert, constantFrom, property } from "fast-check";
import { expect, test } from "vitest";
import type { DataflowNode } from "../graph/dataflow";
import { type FoldedGraph, foldGraph } from "../hardware/fold-graph";
import type { Folded } from "../hardware/model";
import { cyclesOf, foldedInput, foldedOutput } from "../hardware/models";
import { isOneRow } from "../hardware/sliding-window";
import { legalFoldings } from "../hardware/testing/legal-foldings";
import { buildPipeline } from "./build-network";
import { beats } from "./programs";
import { arbitraryGraphs } from "./testing/arbitrary-graph";

/** A node alone between the DMAs, folded anyhow. */
const nodesAlone = (which: (node: DataflowNode) => boolean): Arbitrary<FoldedGraph> =>
  arbitraryGraphs
    .filter(({ nodes }) => nodes.some(which))
    .chain(({ nodes }) => constantFrom(...nodes.filter(which)))
    .chain((node) => {
      const graph = { name: "alone", input: node.input, nodes: [node] };
      return legalFoldings(graph).map((config) => foldGraph(graph, config));
    });

/** Cycles between its last beats of two frames, when beats are always there and room always is. */
function measured(folded: FoldedGraph): { interval: number; frameCycles: number } {
  const endless = new Map(folded.instances.map(({ name }) => [name, Number.POSITIVE_INFINITY]));
  const { network } = buildPipeline(folded, { trace: null, depths: endless });
  network.allow(5);
  while (network.work(100));
  const done = network.streams[1]?.gaveFrame.map(({ last }) => last) ?? [];
  const intervals = done.slice(2).map((last, i) => last - (done[i + 1] ?? 0));
  expect(new Set(intervals).size).toBe(1);
  return { interval: intervals[0] ?? 0, frameCycles: network.machines[1]?.frameCycles ?? 0 };
}

function nodeOf({ nodes }: FoldedGraph): Folded {
  const [folded] = nodes;
  if (!folded) throw new Error("a node went in");
  return folded;
}

test("a machine that never waits takes its node's cycles for a frame", () => {
  assert(
    property(
      nodesAlone(({ kind }) => kind !== "ConvolutionInputGenerator"),
      (folded) => {
        const one = nodeOf(folded);
        // FINN does not count the beats in which LabelSelect puts out its classes.
        const expected = one.kind === "LabelSelect" ? Math.max(cyclesOf(one), one.node.k) : cyclesOf(one);
        expect(measured(folded)).toEqual({ interval: expected, frameCycles: expected });
      },
    ),
    { numRuns: 300 },
  );
});

test("a window takes its node's cycles, in every form, where that is time enough for its words", () => {
  assert(
    property(
      nodesAlone(({ kind }) => kind === "ConvolutionInputGenerator"),
      (folded) => {
        const one = nodeOf(folded);
        if (one.kind !== "ConvolutionInputGenerator") throw new Error("a window went in");
        const { interval, frameCycles } = measured(folded);
        expect(frameCycles).toBe(interval);
        const least = Math.max(cyclesOf(one), beats(foldedInput(one)), beats(foldedOutput(one)));
        expect(interval).toBeGreaterThanOrEqual(least);
        if (isExact(one)) expect(interval).toBe(least);
      },
    ),
    { numRuns: 600 },
  );
});

/**
 * FINN counts the words between two rows by the stride along the width, and in a single row neither
 * words that no window reads nor the gaps of a dilated kernel.
 */
function isExact(folded: Folded<"ConvolutionInputGenerator">): boolean {
  const { input, kernel, stride, dilation } = folded.node;
  if (!isOneRow(folded)) return stride[0] <= stride[1];
  // Words that no window reads lie between windows, or behind the last one.
  const readsAll = [0, 1].every((axis) => {
    const [size, window, step] = [input.shape[axis + 1], kernel[axis], stride[axis]] as [
      number,
      number,
      number,
    ];
    return step <= window && (size - window) % step === 0;
  });
  return Math.max(...dilation) === 1 && readsAll;
}
