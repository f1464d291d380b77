import { QONNX_DOMAIN } from "../../onnx/domains";
import type { OnnxNode, Tensor } from "../../onnx/model";
import { refuse } from "../pass";
import { elementwise } from "./elementwise";
import type { Evaluator } from "./evaluator";
import { linear } from "./linear";
import { pools } from "./pool";
import { quantization } from "./quantization";
import { shapeOps } from "./shape";
import { topKOps } from "./top-k";

const EVALUATORS = new Map<string, Evaluator>(
  Object.entries({ ...elementwise, ...shapeOps, ...quantization, ...linear, ...pools, ...topKOps }),
);

/** Computes a node's outputs. Refuses operators the compiler does not know. */
export function evaluateNode(node: OnnxNode, inputs: readonly (Tensor | undefined)[]): Tensor[] {
  const evaluator = EVALUATORS.get(node.opType);
  if (!evaluator || (node.domain !== "" && node.domain !== QONNX_DOMAIN)) {
    refuse(node, "this operator is not supported");
  }
  return evaluator(node, inputs);
}
