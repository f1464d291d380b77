import { type DataType, dataType, isIntegerDataType } from "../graph/datatype";
import { datatypeOf } from "../onnx/annotations";
import type { OnnxGraph, OnnxNode } from "../onnx/model";
import { refuse } from "./pass";

/** The integer type of a tensor that a node reads; refuses the node if it is float. */
export function integerType(graph: OnnxGraph, node: OnnxNode, tensor: string, what: string): DataType {
  const name = datatypeOf(graph, tensor);
  if (!isIntegerDataType(name)) refuse(node, `${what} no integers (${name})`);
  return dataType(name);
}
