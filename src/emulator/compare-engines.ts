import type { DataflowGraph, DataflowNode, IntegerArray } from "../graph/dataflow";
import type { Engine, Tap } from "./engine";

/** One layer's output by two engines, value by value. */
export interface LayerComparison {
  readonly node: string;
  readonly kind: DataflowNode["kind"];
  /** Of the output, NHWC. */
  readonly shape: readonly number[];
  /** How many values were compared. */
  readonly values: number;
  readonly differing: number;
  /** The first value that differs, in NHWC order; null if none does. */
  readonly first: Difference | null;
}

export interface Difference {
  readonly index: number;
  readonly first: number;
  readonly second: number;
}

/**
 * The nodes that compute. Padding and sliding windows put values in another order, which the ORT
 * engine does with the reference's own code: comparing them would prove nothing of their own. What
 * they do wrong shows in the layer that reads them.
 */
export function computingNodes({ nodes }: DataflowGraph): readonly DataflowNode[] {
  return nodes.filter(({ kind }) => kind !== "FMPadding" && kind !== "ConvolutionInputGenerator");
}

export interface CompareOptions {
  readonly signal?: AbortSignal;
  /** Called before the first engine runs, and before the second. */
  readonly onEngine?: (engine: Engine) => void;
}

/**
 * Runs one frame through two engines and compares the output of every node that computes, in stream
 * order. Throws what the engines throw.
 */
export async function compareEngines(
  graph: DataflowGraph,
  [first, second]: readonly [Engine, Engine],
  input: Uint8Array,
  { signal, onEngine }: CompareOptions = {},
): Promise<LayerComparison[]> {
  const nodes = computingNodes(graph);
  const options = { taps: nodes.map(({ name }) => name), ...(signal ? { signal } : {}) };
  onEngine?.(first);
  const { taps: ours } = await first.run(input, options);
  onEngine?.(second);
  const { taps: theirs } = await second.run(input, options);
  return nodes.map(({ name, kind, output }) => ({
    node: name,
    kind,
    shape: output.shape,
    ...compared(dataOf(ours, name), dataOf(theirs, name)),
  }));
}

function dataOf(taps: ReadonlyMap<string, Tap>, name: string): IntegerArray {
  const tap = taps.get(name);
  if (!tap) throw new TypeError(`an engine gave no output of ${name}`);
  return tap.data;
}

function compared(
  ours: IntegerArray,
  theirs: IntegerArray,
): Pick<LayerComparison, "values" | "differing" | "first"> {
  if (ours.length !== theirs.length) throw new TypeError("two engines gave outputs of different lengths");
  let differing = 0;
  let first: Difference | null = null;
  for (let i = 0; i < ours.length; i++) {
    if (ours[i] === theirs[i]) continue;
    differing++;
    first ??= { index: i, first: ours[i]!, second: theirs[i]! };
  }
  return { values: ours.length, differing, first };
}
