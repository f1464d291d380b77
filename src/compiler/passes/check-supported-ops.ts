import { StreamscopeError } from "../../graph/errors";
import { intAttr } from "../../onnx/attributes";
import { QONNX_DOMAIN } from "../../onnx/domains";
import type { OnnxGraph, OnnxNode, ValueInfo } from "../../onnx/model";
import { sizeOfShape } from "../../onnx/tensor";
import { MAX_ELEMENTS } from "../infer-node-shapes";
import { type Pass, refuse } from "../pass";

/** Operators that compute on two tensors; one of them must be constant. */
const ARITHMETIC = ["Add", "Sub", "Mul", "Div"];
/** Operators whose weights are their second input. */
const LAYERS = ["Conv", "MatMul", "Gemm"];

const SUPPORTED: Readonly<Record<string, ReadonlySet<string>>> = {
  "": new Set([
    ...ARITHMETIC,
    ...LAYERS,
    ...["AveragePool", "BatchNormalization", "GlobalAveragePool", "Relu", "TopK"],
    ...["Cast", "Concat", "Flatten", "Gather", "Reshape", "Shape", "Squeeze", "Transpose", "Unsqueeze"],
    ...["Dropout", "Identity", "Pad"],
  ]),
  [QONNX_DOMAIN]: new Set(["BipolarQuant", "IntQuant", "MultiThreshold", "Quant", "QuantAvgPool2d", "Trunc"]),
};

/** More nodes than any dataflow network has; passes would take too long. */
const MAX_NODES = 20_000;

/**
 * Refuses what no later pass could handle: an unknown operator, more than one input or output,
 * an open dimension, a batch, and two computed tensors that meet (as in a residual network).
 */
export const CheckSupportedOps: Pass = {
  name: "CheckSupportedOps",
  summary: "Refuses operators and shapes that no dataflow accelerator of this kind can have.",
  apply({ graph }) {
    if (graph.nodes.length > MAX_NODES) {
      throw new StreamscopeError(
        "unsupported-model",
        `The model has ${graph.nodes.length} nodes; up to ${MAX_NODES} are supported.`,
      );
    }
    checkEnds(graph);
    const constants = new Set(graph.initializers.keys());
    for (const node of graph.nodes) {
      if (!SUPPORTED[node.domain]?.has(node.opType)) {
        refuse(
          node,
          node.domain ? `this operator of ${node.domain} is not supported` : "this operator is not supported",
        );
      }
      if (node.opType === "BatchNormalization") checkBatchNormalization(node);
      // The shape of a tensor is known before its values are.
      const isConstant = node.opType === "Shape" || node.inputs.every((name) => !name || constants.has(name));
      if (isConstant) for (const output of node.outputs) constants.add(output);
      else checkOperands(node, constants);
    }
    return false;
  },
};

function checkEnds({ inputs, outputs }: OnnxGraph): void {
  const [input, second] = inputs;
  if (!input) throw new StreamscopeError("unsupported-model", "The model has no input.");
  if (second) refuseTensor(second, `is a second input; a stream of images goes in at one`);
  if (outputs[1]) refuseTensor(outputs[1], `is a second output; results leave at one`);
  const { shape, elemType } = input;
  if (elemType !== "float32")
    refuseTensor(input, `is ${elemType}; models read float32, also where it holds integers`);
  if (shape.some((dim) => typeof dim === "string" || dim === 0)) {
    const text = shape.map((dim) => dim || "?").join(", ");
    refuseTensor(input, `has the shape [${text}]; export the model with fixed sizes and a batch of 1`);
  }
  const sizes = shape as number[];
  if (sizes[0] !== 1)
    refuseTensor(input, `has the shape [${sizes.join(", ")}]; export the model with a batch of 1`);
  if (sizeOfShape(sizes) > MAX_ELEMENTS)
    refuseTensor(input, `has the shape [${sizes.join(", ")}], which is too large`);
}

function checkOperands(node: OnnxNode, constants: ReadonlySet<string>): void {
  const computed = node.inputs.filter((name) => name && !constants.has(name));
  if (computed.length > 1 && (ARITHMETIC.includes(node.opType) || node.opType === "Concat")) {
    refuse(node, "it joins two computed tensors; only chains of layers are supported, without branches");
  }
  if (LAYERS.includes(node.opType) && !constants.has(node.inputs[1] ?? "")) {
    refuse(node, "its weights are computed; only constant weights are supported");
  }
}

function checkBatchNormalization(node: OnnxNode): void {
  const training = intAttr(node, "training_mode", 0) !== 0 || node.outputs.slice(1).some(Boolean);
  if (training) refuse(node, "it is in training mode; export the model for inference");
}

function refuseTensor({ name }: ValueInfo, reason: string): never {
  throw new StreamscopeError("unsupported-model", `"${name}" ${reason}.`, { tensor: name, reason });
}
