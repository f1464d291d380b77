import { intAttr } from "../../onnx/attributes";
import type { OnnxNode, Tensor } from "../../onnx/model";
import { refuse } from "../pass";
import { type Evaluator, need } from "./evaluator";
import { normalAxis } from "./shape";

export const topKOps: Readonly<Record<string, Evaluator>> = {
  TopK: (node, inputs) => topK(node, need(node, inputs, 0), topKCount(node, inputs[1])),
};

/** k: an attribute before opset 10, an input from then on. */
export function topKCount(node: OnnxNode, input: Tensor | undefined): number {
  return intAttr(node, "k") ?? input?.data[0] ?? refuse(node, "k is not known");
}

/** Values and indices of the k largest along the last axis, best first; of equals the lower index first. */
function topK(node: OnnxNode, x: Tensor, k: number): Tensor[] {
  const axis = normalAxis(node, intAttr(node, "axis", -1), x.shape.length);
  const length = x.shape[axis]!;
  if (axis !== x.shape.length - 1 || intAttr(node, "largest", 1) !== 1) {
    refuse(node, "only the largest values along the last axis are supported");
  }
  if (k > length) refuse(node, `asks for ${k} of ${length} values`);
  const rows = x.data.length / length;
  const values = new Float32Array(rows * k);
  const indices = new Float64Array(rows * k);
  for (let row = 0; row < rows; row++) {
    const scores = x.data.subarray(row * length, (row + 1) * length);
    const order = Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]! || a - b);
    for (let i = 0; i < k; i++) {
      indices[row * k + i] = order[i]!;
      values[row * k + i] = scores[order[i]!]!;
    }
  }
  const shape = x.shape.with(axis, k);
  return [
    { shape, elemType: "float32", data: values },
    { shape, elemType: "int64", data: indices },
  ];
}
