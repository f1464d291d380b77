import type { DataflowGraph, DataflowNode, IntegerArray } from "../../graph/dataflow";
import { integerArray } from "../../graph/integer-array";
import type { Tap } from "../engine";
import { originOf, rearrange } from "../rearrange";
import { unpackMap } from "./layout";
import type { Plan, PlannedMap } from "./plan";

/** Contents of GPU buffers, by the plan's buffer numbers. */
export type Contents = ReadonlyMap<number, Uint32Array>;

/** The maps that must be read back to tap these nodes. */
export function mapsOfTaps(graph: DataflowGraph, plan: Plan, names: readonly string[]): PlannedMap[] {
  return names.flatMap((name) => {
    const { source } = originOf(graph, name);
    return source ? [mapOf(plan, source)] : [];
  });
}

/**
 * The outputs of these nodes. Layers come from the GPU; FMPadding and SWG, which it does not
 * write out, are rearranged here from the layer before them, or from the frame's `input`.
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
    const { source, rearrangements } = originOf(graph, name);
    const values = source ? valuesOf(plan, source, contents) : input.slice();
    taps.set(name, { ...outputs.get(name)!, data: rearrange(values, rearrangements) });
  }
  return taps;
}

export function contentOf({ buffer }: PlannedMap, contents: Contents): Uint32Array {
  const content = contents.get(buffer);
  if (!content) throw new RangeError(`buffer ${buffer} was not read back`);
  return content;
}

function valuesOf(plan: Plan, node: DataflowNode, contents: Contents): IntegerArray {
  const map = mapOf(plan, node);
  const words = contentOf(map, contents);
  if (node.kind !== "LabelSelect") return unpackMap(map.layout, words);
  return integerArray(node.output.datatype, node.k).map((_, rank) => words[rank * 2]!);
}

function mapOf(plan: Plan, { name }: DataflowNode): PlannedMap {
  const map = plan.maps.get(name);
  if (!map) throw new RangeError(`${name} has no map`);
  return map;
}
