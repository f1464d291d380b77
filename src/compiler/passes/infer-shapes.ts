import { setShape, shapeOf } from "../../onnx/edit";
import type { OnnxGraph } from "../../onnx/model";
import { inferNodeShapes, type KnownInput } from "../infer-node-shapes";
import type { Pass } from "../pass";

/** Works out the shape of every tensor from the inputs and constants, in one sweep. */
export const InferShapes: Pass = {
  name: "InferShapes",
  summary: "Works out the shape of every tensor from the graph's input and its constants.",
  apply({ graph }) {
    const known = knownInputs(graph);
    let changed = false;
    for (const node of graph.nodes) {
      const outputs = inferNodeShapes(
        node,
        node.inputs.map((name) => known.get(name)),
      );
      outputs?.forEach((output, i) => {
        const name = node.outputs[i];
        if (!name || !output) return;
        known.set(name, output);
        if (shapeOf(graph, name)?.join() === output.shape.join()) return;
        setShape(graph, name, output.shape, output.elemType);
        changed = true;
      });
    }
    return changed;
  },
};

function knownInputs(graph: OnnxGraph): Map<string, KnownInput> {
  const known = new Map<string, KnownInput>();
  for (const [name, constant] of graph.initializers) known.set(name, { ...constant, constant });
  for (const { name, elemType } of graph.inputs) {
    const shape = shapeOf(graph, name);
    if (shape) known.set(name, { shape, elemType });
  }
  return known;
}
