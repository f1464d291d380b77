import type { Constant, DataflowGraph } from "../graph/dataflow";
import { StreamscopeError } from "../graph/errors";
import type { NodeConstants } from "./hardware-api";

/** Copies of what a node of the graph holds: the graph keeps its own. Throws `bad-input` for a name it does not have. */
export function nodeConstants({ nodes }: DataflowGraph, name: string): NodeConstants {
  const node = nodes.find((other) => other.name === name);
  if (!node) {
    throw new StreamscopeError("bad-input", `The network has no node ${name}.`, { node: name });
  }
  const activation = "activation" in node ? node.activation : null;
  return {
    weights: "weights" in node ? copied(node.weights) : null,
    thresholds: activation && copied(activation.thresholds),
    actVal: activation?.actVal ?? 0,
    parameters: "parameters" in node ? copied(node.parameters) : null,
  };
}

// A constant may be a view into the whole package's bytes, all of which would cross to the page.
const copied = (constant: Constant): Constant => ({ ...constant, data: constant.data.slice() });
