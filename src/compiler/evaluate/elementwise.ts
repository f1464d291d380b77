import { floatAttr, intAttr } from "../../onnx/attributes";
import { elementTypeOf, newTensorData } from "../../onnx/element-type";
import type { OnnxNode, Tensor } from "../../onnx/model";
import { add, broadcastShape, divide, mapTensor, multiply, subtract } from "../../onnx/tensor";
import { refuse } from "../pass";
import { type Evaluator, need } from "./evaluator";

/** Operators that treat each value for itself. Arithmetic is float32. */
export const elementwise: Readonly<Record<string, Evaluator>> = {
  Add: binary(add),
  Sub: binary(subtract),
  Mul: binary(multiply),
  Div: binary(divide),
  Neg: unary((x) => -x),
  Abs: unary(Math.abs),
  Sqrt: unary(Math.sqrt),
  Floor: unary(Math.floor),
  Ceil: unary(Math.ceil),
  Sign: unary(Math.sign),
  Relu: unary((x) => Math.max(x, 0)),
  Identity: (node, inputs) => [need(node, inputs, 0)],
  // At inference Dropout passes its input on.
  Dropout: (node, inputs) => [need(node, inputs, 0)],
  Cast: (node, inputs) => [cast(node, need(node, inputs, 0))],
  BatchNormalization: (node, inputs) => [batchNormalization(node, inputs)],
};

function unary(f: (x: number) => number): Evaluator {
  return (node, inputs) => {
    const x = need(node, inputs, 0);
    return [likeInput(node, x, mapTensor(x, f))];
  };
}

function binary(f: (a: Tensor, b: Tensor) => Tensor): Evaluator {
  return (node, inputs) => {
    const a = need(node, inputs, 0);
    const b = need(node, inputs, 1);
    if (!broadcastShape(a.shape, b.shape))
      refuse(node, `shapes [${a.shape}] and [${b.shape}] do not broadcast`);
    return [likeInput(node, a, f(a, b))];
  };
}

/** Shape arithmetic happens on integers; its results are whole and stay of their type. */
function likeInput(node: OnnxNode, input: Tensor, result: Tensor): Tensor {
  if (input.elemType === "float32") return result;
  if (input.elemType === "float64") refuse(node, "computes in float64; export the model in float32");
  const data = newTensorData(input.elemType, result.data.length);
  for (let i = 0; i < data.length; i++) {
    const value = Math.trunc(result.data[i]!);
    // The result passed through float32.
    if (Math.abs(value) > 2 ** 24) refuse(node, `computes with integers as large as ${value}`);
    data[i] = value;
  }
  return { shape: result.shape, elemType: input.elemType, data };
}

function cast(node: OnnxNode, input: Tensor): Tensor {
  const elemType =
    elementTypeOf(intAttr(node, "to", 0)) ?? refuse(node, "casts to a type that is not supported");
  const data = newTensorData(elemType, input.data.length);
  const isFloat = elemType === "float32" || elemType === "float64";
  for (let i = 0; i < data.length; i++) {
    const value = input.data[i]!;
    data[i] = isFloat ? value : elemType === "bool" ? Number(value !== 0) : Math.trunc(value);
  }
  return { shape: input.shape, elemType, data };
}

/** scale / sqrt(var + epsilon) * x + (bias - mean * that), a channel; channels are dimension 1. */
function batchNormalization(node: OnnxNode, inputs: readonly (Tensor | undefined)[]): Tensor {
  const x = need(node, inputs, 0);
  const [scale, bias, mean, variance] = [1, 2, 3, 4].map((slot) => need(node, inputs, slot).data) as [
    Tensor["data"],
    Tensor["data"],
    Tensor["data"],
    Tensor["data"],
  ];
  const epsilon = Math.fround(floatAttr(node, "epsilon", 1e-5));
  const { fround, sqrt } = Math;
  const channels = x.shape[1] ?? 1;
  const inner = x.shape.slice(2).reduce((product, dim) => product * dim, 1);
  const out = new Float32Array(x.data.length);
  for (let i = 0; i < out.length; i++) {
    const c = Math.floor(i / inner) % channels;
    const a = fround(scale[c]! / fround(sqrt(fround(variance[c]! + epsilon))));
    const b = fround(bias[c]! - fround(mean[c]! * a));
    out[i] = fround(x.data[i]! * a) + b;
  }
  return { shape: x.shape, elemType: "float32", data: out };
}
