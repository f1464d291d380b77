import { StreamscopeError } from "../graph/errors";
import type { OnnxGraph } from "./model";

/**
 * Holds a graph to single assignment: each tensor is made once, by an input, an initializer
 * or a node, and every tensor that is read is made. Throws `bad-model`, naming node and tensor.
 */
export function checkNames(graph: OnnxGraph): void {
  const made = new Set<string>();
  const make = (tensor: string) => {
    if (made.has(tensor)) {
      throw new StreamscopeError("bad-model", `Tensor "${tensor}" is made twice.`, { tensor });
    }
    made.add(tensor);
  };
  for (const { name } of graph.inputs) {
    if (!name) throw new StreamscopeError("bad-model", "An input of the graph has no name.");
    make(name);
  }
  for (const name of graph.initializers.keys()) make(name);
  for (const node of graph.nodes) for (const output of node.outputs) if (output) make(output);

  for (const node of graph.nodes) {
    for (const tensor of node.inputs) {
      if (!tensor || made.has(tensor)) continue;
      throw new StreamscopeError(
        "bad-model",
        `Node "${node.name}" (${node.opType}) reads "${tensor}", which nothing makes.`,
        { node: node.name, op: node.opType, tensor },
      );
    }
  }
  for (const { name } of graph.outputs) {
    if (made.has(name)) continue;
    throw new StreamscopeError("bad-model", `The output "${name}" of the graph is made by nothing.`, {
      tensor: name,
    });
  }
}
