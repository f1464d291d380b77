import type { Constant } from "../graph/dataflow";
import { type DataType, dataType } from "../graph/datatype";
import { integerArray } from "../graph/integer-array";
import { datatypeOf } from "../onnx/annotations";
import type { OnnxGraph, OnnxNode, Tensor } from "../onnx/model";
import { reshape, transpose } from "../onnx/tensor";
import { refuse } from "./pass";

/** A node's input as a hardware constant of its annotated type. Refuses values outside the type. */
export function unitConstant(graph: OnnxGraph, node: OnnxNode, slot: number): Constant {
  const name = node.inputs[slot] ?? "";
  return toConstant(node, constantTensor(graph, node, slot), dataType(datatypeOf(graph, name)));
}

/** The weights of an MVAU as `[mh, mw]`, those of a VVAU as `[channels, kh * kw]`. */
export function unitWeights(graph: OnnxGraph, node: OnnxNode): Constant {
  const weights = constantTensor(graph, node, 1);
  const type = dataType(datatypeOf(graph, node.inputs[1] ?? ""));
  if (node.opType.startsWith("MVAU")) return toConstant(node, transpose(weights, [1, 0]), type);
  const [channels = 1] = weights.shape;
  return toConstant(node, reshape(weights, [channels, weights.data.length / channels]), type);
}

function constantTensor(graph: OnnxGraph, node: OnnxNode, slot: number): Tensor {
  return graph.initializers.get(node.inputs[slot] ?? "") ?? refuse(node, `its input ${slot} is not constant`);
}

function toConstant(node: OnnxNode, { shape, data: values }: Tensor, datatype: DataType): Constant {
  const { min, max, name } = datatype;
  const data = integerArray(datatype, values.length);
  for (let i = 0; i < data.length; i++) {
    const value = values[i]!;
    const fits = Number.isInteger(value) && value >= min && value <= max;
    if (!fits || (name === "BIPOLAR" && value === 0)) {
      refuse(node, `a constant of it is marked ${name} but holds ${value}`);
    }
    data[i] = value;
  }
  return { shape, datatype, data };
}
