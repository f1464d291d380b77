import type { DataflowGraph, DataflowNode } from "../../src/graph/dataflow";
import { StreamscopeError } from "../../src/graph/errors";

/**
 * The app, its foldings and its tests are about one network, of which only the values may change. Throws
 * `bad-input` naming the first node that is not the shipped network's: its name, or the shape of its
 * output or weights, or their type. (Types of sums and thresholds follow the values.)
 */
export function checkStructure(graph: DataflowGraph, shipped: DataflowGraph): void {
  const [ours, theirs] = [structureOf(graph), structureOf(shipped)];
  const last = Math.max(ours.length, theirs.length);
  for (let at = 0; at < last; at++) {
    if (ours[at] === theirs[at]) continue;
    throw new StreamscopeError(
      "bad-input",
      `This is another network than the app is about, of which only the values may change: it has ${ours[at] ?? "nothing"} where that has ${theirs[at] ?? "nothing"}.`,
    );
  }
}

/** The input, then the nodes. */
function structureOf({ input, nodes }: DataflowGraph): string[] {
  return [`the input, ${input.shape.join("x")} ${input.datatype.name}`, ...nodes.map(nodeStructure)];
}

function nodeStructure(node: DataflowNode): string {
  const parts = [node.name, node.output.shape.join("x")];
  if ("activation" in node && node.activation) parts.push(node.output.datatype.name);
  if ("weights" in node) {
    parts.push(`with weights ${node.weights.shape.join("x")} ${node.weights.datatype.name}`);
  }
  return parts.join(" ");
}
