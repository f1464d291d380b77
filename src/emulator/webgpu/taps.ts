import type { DataflowGraph, IntegerArray } from "../../graph/dataflow";
import { integerArray } from "../../graph/integer-array";
import type { Tap } from "../engine";
import { fmPadding } from "../reference/fm-padding";
import { slidingWindow } from "../reference/sliding-window";
import { unpackMap } from "./layout";
import type { Plan, PlannedMap } from "./plan";

/** Contents of GPU buffers, by the plan's buffer numbers. */
export type Contents = ReadonlyMap<number, Uint32Array>;

/** The maps that must be read back to tap these nodes. */
export function mapsOfTaps(plan: Plan, names: readonly string[]): PlannedMap[] {
  return names.flatMap((name) => {
    const source = plan.taps.get(name);
    if (source?.kind === "map") return [source.map];
    if (source?.kind === "rearranged" && source.from !== null) return mapsOfTaps(plan, [source.from]);
    return [];
  });
}

/**
 * The outputs of these nodes. Layers come from the GPU; FMPadding and SWG, which it does not
 * write out, are rearranged here from the layer before them (from `input` if there is none).
 */
export function collectTaps(
  graph: DataflowGraph,
  plan: Plan,
  names: readonly string[],
  input: IntegerArray,
  contents: Contents,
): Map<string, Tap> {
  const outputs = new Map(graph.nodes.map(({ name, output }) => [name, output]));
  const taps = new Map<string, Tap>();
  for (const name of names) {
    const output = outputs.get(name);
    if (output) taps.set(name, { ...output, data: valuesOf(plan, name, input, contents) });
  }
  return taps;
}

function valuesOf(plan: Plan, name: string, input: IntegerArray, contents: Contents): IntegerArray {
  const source = plan.taps.get(name);
  switch (source?.kind) {
    case "map":
      return unpackMap(source.map.layout, contentOf(source.map, contents));
    case "labels":
      return labelsOf(plan, contents);
    case "rearranged": {
      const before = source.from === null ? input : valuesOf(plan, source.from, input, contents);
      return source.node.kind === "FMPadding"
        ? fmPadding(source.node, before)
        : slidingWindow(source.node, before);
    }
    case undefined:
      throw new RangeError(`no tap ${name}`);
  }
}

function labelsOf({ labels, labelType }: Plan, contents: Contents): IntegerArray {
  const pairs = contentOf(labels, contents);
  return integerArray(labelType, pairs.length / 2).map((_, rank) => pairs[rank * 2] ?? 0);
}

export function contentOf({ buffer }: PlannedMap, contents: Contents): Uint32Array {
  const content = contents.get(buffer);
  if (!content) throw new RangeError(`buffer ${buffer} was not read back`);
  return content;
}
