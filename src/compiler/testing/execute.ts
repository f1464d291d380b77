import type { OnnxModel, Tensor } from "../../onnx/model";
import { evaluateAnyNode } from "./evaluate-hardware";

/**
 * Runs a model node by node in float32 and returns every tensor by name: the judge of
 * passes, which must leave the outputs as they were.
 */
export function executeModel(
  model: OnnxModel,
  inputs: Readonly<Record<string, Tensor>>,
): Map<string, Tensor> {
  const { graph } = model;
  const tensors = new Map<string, Tensor>(graph.initializers);
  for (const { name } of graph.inputs) {
    const value = inputs[name];
    if (!value) throw new RangeError(`no value for the input "${name}"`);
    tensors.set(name, value);
  }
  for (const node of graph.nodes) {
    const outputs = evaluateAnyNode(
      node,
      node.inputs.map((name) => (name ? tensors.get(name) : undefined)),
    );
    node.outputs.forEach((name, i) => {
      const value = outputs[i];
      if (name && value) tensors.set(name, value);
    });
  }
  return tensors;
}

/** The model's outputs for one input, in the graph's order. */
export function outputsOf(model: OnnxModel, input: Tensor): Tensor[] {
  const name = model.graph.inputs[0]?.name ?? "";
  const tensors = executeModel(model, { [name]: input });
  return model.graph.outputs.map((output) => {
    const value = tensors.get(output.name);
    if (!value) throw new RangeError(`the output "${output.name}" was not computed`);
    return value;
  });
}
