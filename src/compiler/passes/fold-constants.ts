import { shapeOf } from "../../onnx/edit";
import type { OnnxGraph, OnnxNode, Tensor } from "../../onnx/model";
import { elementwise } from "../evaluate/elementwise";
import type { Evaluator } from "../evaluate/evaluator";
import { shapeOps } from "../evaluate/shape";
import { inferNodeShapes } from "../infer-node-shapes";
import type { Pass } from "../pass";

/**
 * What may be folded: operators whose cost is that of their output. Quantizers are left,
 * since the passes that turn them into integers need their scale and bits.
 */
const FOLDABLE = new Map<string, Evaluator>(Object.entries({ ...elementwise, ...shapeOps }));

export const FoldConstants: Pass = {
  name: "FoldConstants",
  summary: "Computes ahead what depends on constants only, such as the shapes in front of a Reshape.",
  apply({ graph }) {
    const outputs = new Set(graph.outputs.map(({ name }) => name));
    const folded = new Set<OnnxNode>();
    for (const node of graph.nodes) {
      if (node.outputs.some((name) => outputs.has(name))) continue;
      const results = fold(graph, node);
      if (!results) continue;
      folded.add(node);
      node.outputs.forEach((name, i) => {
        const result = results[i];
        if (!name || !result) return;
        graph.initializers.set(name, result);
        graph.valueInfo.delete(name);
      });
    }
    graph.nodes = graph.nodes.filter((node) => !folded.has(node));
    return folded.size > 0;
  },
};

function fold(graph: OnnxGraph, node: OnnxNode): Tensor[] | undefined {
  const evaluator = node.domain === "" ? FOLDABLE.get(node.opType) : undefined;
  if (!evaluator) return undefined;
  if (node.opType === "Shape") {
    // The shape of a tensor may be known where its values are not.
    const shape = shapeOf(graph, node.inputs[0] ?? "");
    return shape && evaluator(node, [{ shape, elemType: "float32", data: new Float32Array(0) }]);
  }
  const inputs = node.inputs.map((name) => (name ? graph.initializers.get(name) : undefined));
  if (inputs.some((value, slot) => !value && node.inputs[slot])) return undefined;
  // Refuses outputs of absurd size before they are computed.
  inferNodeShapes(
    node,
    inputs.map((constant) => constant && { ...constant, constant }),
  );
  return evaluator(node, inputs);
}
