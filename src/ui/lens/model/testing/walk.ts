import { readInput } from "../../../../emulator/input";
import { createReferenceEngine } from "../../../../emulator/reference/engine";
import { type DataflowGraph, type IntegerArray, sizeOf } from "../../../../graph/dataflow";
import { type FoldedGraph, foldGraph } from "../../../../hardware/fold-graph";
import type { FoldingConfig } from "../../../../hardware/folding-config";
import type { Simulation } from "../../../../simulator/result";
import { simulate } from "../../../../simulator/simulate";
import type { Trace } from "../../../../simulator/trace";
import { type Chain, chainOf, computes } from "../chain";

/** A folded graph with one picture's numbers on its edges, and every cycle of its frames. */
export interface Run {
  readonly folded: FoldedGraph;
  /** What the reference engine puts out at each node. */
  readonly outputs: readonly IntegerArray[];
  readonly chain: Chain;
  readonly simulation: Simulation;
  readonly trace: Trace;
}

/** A graph, a folding of it and the bytes of one frame. */
export interface FoldedCase {
  readonly graph: DataflowGraph;
  readonly config: FoldingConfig;
  readonly bytes: Uint8Array;
}

/** Longer runs say no more about a beat. */
const maxCycles = 60_000;

/** Emulates and simulates a small graph; null if its frames take too long to look at every cycle. */
export async function runOf({ graph, config, bytes }: FoldedCase, frames = 1): Promise<Run | null> {
  const folded = foldGraph(graph, config);
  const { cycles } = await simulate(folded, { frames });
  if (cycles > maxCycles) return null;
  const simulation = await simulate(folded, { frames, trace: { resolution: 1 } });
  if (!simulation.trace || simulation.deadlock) return null;
  const input = readInput(graph, bytes);
  const engine = await createReferenceEngine(graph);
  const names = graph.nodes.map(({ name }) => name);
  const { taps } = await engine.run(bytes, { taps: names });
  const outputs = names.map((name, i) => {
    const data = taps.get(name)?.data;
    if (data?.length !== sizeOf(graph.nodes[i]?.output.shape ?? [])) throw new Error(`no tap of ${name}`);
    return data;
  });
  // As in the app: what only moves numbers is not tapped.
  const chain = chainOf(
    folded.nodes,
    (index) => input[index]!,
    (node) => {
      const data = outputs[node];
      return data && computes(graph.nodes[node]!.kind) ? (index) => data[index]! : null;
    },
  );
  return { folded, outputs, chain, simulation, trace: simulation.trace };
}
