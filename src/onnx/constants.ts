import { StreamscopeError } from "../graph/errors";
import { newTensorData } from "./element-type";
import type { ElementType, OnnxGraph, OnnxNode, Tensor } from "./model";

/**
 * `Constant` nodes are initializers written in another way. This leaves the one way that
 * passes need to know. A Constant that is itself a graph output stays a node.
 */
export function moveConstantsToInitializers(graph: OnnxGraph): void {
  const outputs = new Set(graph.outputs.map((value) => value.name));
  graph.nodes = graph.nodes.filter((node) => {
    const output = node.outputs[0];
    if (node.opType !== "Constant" || node.domain !== "" || !output || outputs.has(output)) return true;
    if (graph.initializers.has(output)) {
      throw new StreamscopeError("bad-model", `Tensor "${output}" is made twice.`, { tensor: output });
    }
    graph.initializers.set(output, constantValue(node));
    return false;
  });
}

function constantValue(node: OnnxNode): Tensor {
  for (const [name, attribute] of node.attributes) {
    if (name === "value" && attribute.kind === "tensor") return attribute.value;
    if (name === "value_float" && attribute.kind === "float") return tensor("float32", [], [attribute.value]);
    if (name === "value_int" && attribute.kind === "int") return tensor("int64", [], [attribute.value]);
    if (name === "value_floats" && attribute.kind === "floats") return vector("float32", attribute.value);
    if (name === "value_ints" && attribute.kind === "ints") return vector("int64", attribute.value);
  }
  throw new StreamscopeError(
    "unsupported-model",
    `${node.name} (Constant): only dense tensors of numbers are read as constants.`,
    { node: node.name, op: node.opType, reason: "no dense tensor of numbers" },
  );
}

function vector(elemType: ElementType, values: readonly number[]): Tensor {
  return tensor(elemType, [values.length], values);
}

function tensor(elemType: ElementType, shape: readonly number[], values: readonly number[]): Tensor {
  const data = newTensorData(elemType, values.length);
  data.set(values);
  return { shape, elemType, data };
}
