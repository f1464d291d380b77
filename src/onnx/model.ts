/**
 * An ONNX model in memory: what the reader makes of a file, what the passes work on, and
 * what the writer writes. Plain data; the functions that change a graph are in `edit.ts`.
 */
export interface OnnxModel {
  irVersion: number;
  producer: string;
  /** Domain -> version. The default domain is "". */
  opsets: Map<string, number>;
  graph: OnnxGraph;
}

export interface OnnxGraph {
  name: string;
  inputs: ValueInfo[];
  outputs: ValueInfo[];
  /** In topological order. */
  nodes: OnnxNode[];
  initializers: Map<string, Tensor>;
  /** Tensors between nodes whose shape the file states or inference found. */
  valueInfo: Map<string, ValueInfo>;
  /** FINN's `quantization_annotation`: tensor name -> key -> value (`finn_datatype`, `tensor_layout`, `tensor_sparsity`). */
  annotations: Map<string, Map<string, string>>;
}

export interface ValueInfo {
  name: string;
  elemType: ElementType;
  /** A named or missing dimension is kept as its name ("" if it has none). */
  shape: (number | string)[];
}

export interface OnnxNode {
  name: string;
  opType: string;
  /** "" is the default domain. FINN's and qonnx's old names are read as `qonnx.custom_op.general`. */
  domain: string;
  /** "" is an omitted optional input. */
  inputs: string[];
  outputs: string[];
  attributes: Map<string, Attribute>;
}

export type Attribute =
  | { kind: "int"; value: number }
  | { kind: "float"; value: number }
  | { kind: "string"; value: string }
  | { kind: "ints"; value: number[] }
  | { kind: "floats"; value: number[] }
  | { kind: "strings"; value: string[] }
  | { kind: "tensor"; value: Tensor };

export type ElementType =
  | "float32"
  | "float64"
  | "int8"
  | "uint8"
  | "int16"
  | "uint16"
  | "int32"
  | "uint32"
  | "int64"
  | "uint64"
  | "bool";

/**
 * A dense tensor, row-major. The element type fixes the array: int64 and uint64 are whole
 * numbers in a Float64Array (refused beyond 2^53), bool is 0 or 1 in a Uint8Array.
 */
export interface Tensor {
  readonly shape: readonly number[];
  readonly elemType: ElementType;
  readonly data: TensorData;
}

export type TensorData =
  | Float32Array
  | Float64Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array;
