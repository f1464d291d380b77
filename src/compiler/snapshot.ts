import { shapeOf } from "../onnx/edit";
import type { Attribute, ElementType, OnnxGraph, OnnxModel, OnnxNode, Tensor } from "../onnx/model";

/** A node as people look at it: plain data, without the constants' values. */
export interface NodeSnapshot {
  readonly name: string;
  readonly op: string;
  /** Those that are there; an omitted optional input is left out. */
  readonly inputs: readonly TensorSnapshot[];
  readonly outputs: readonly TensorSnapshot[];
  /** Name and value, as text. */
  readonly attributes: readonly (readonly [name: string, value: string])[];
}

export interface TensorSnapshot {
  readonly name: string;
  /** Null where it is not known yet. */
  readonly shape: readonly number[] | null;
  /** FINN's data type where the model says one (`UINT4`), else ONNX's element type (`FLOAT32`). */
  readonly type: string;
  /** What is known of a constant's values; null for what flows. */
  readonly constant: { readonly count: number; readonly min: number; readonly max: number } | null;
}

/** A graph as it differs from the one before it. */
export interface GraphChange {
  /** Names of all nodes, in topological order. */
  readonly order: readonly string[];
  /** The nodes that are new or look otherwise than before, if only for a shape or a type. */
  readonly nodes: readonly NodeSnapshot[];
}

/** Records a graph as it goes through passes: all of it the first time, then what is different. */
export class GraphRecorder {
  #seen = new Map<string, string>();

  record({ graph }: OnnxModel): GraphChange {
    const before = this.#seen;
    this.#seen = new Map();
    const nodes: NodeSnapshot[] = [];
    for (const node of graph.nodes) {
      const snapshot = snapshotOf(graph, node);
      const print = JSON.stringify(snapshot);
      this.#seen.set(node.name, print);
      if (before.get(node.name) !== print) nodes.push(snapshot);
    }
    return { order: [...this.#seen.keys()], nodes };
  }
}

function snapshotOf(graph: OnnxGraph, node: OnnxNode): NodeSnapshot {
  const tensors = (names: readonly string[]) =>
    names.filter(Boolean).map((name) => tensorSnapshot(graph, name));
  return {
    name: node.name,
    op: node.opType,
    inputs: tensors(node.inputs),
    outputs: tensors(node.outputs),
    attributes: [...node.attributes].map(([name, attribute]) => [name, textOf(attribute)]),
  };
}

function tensorSnapshot(graph: OnnxGraph, name: string): TensorSnapshot {
  const tensor = graph.initializers.get(name);
  return {
    name,
    shape: shapeOf(graph, name) ?? null,
    type: graph.annotations.get(name)?.get("finn_datatype") ?? elementTypeOf(graph, name).toUpperCase(),
    constant: tensor ? { count: tensor.data.length, ...rangeOf(tensor) } : null,
  };
}

function elementTypeOf(graph: OnnxGraph, name: string): ElementType {
  const ends = [...graph.inputs, ...graph.outputs];
  const value = graph.valueInfo.get(name) ?? ends.find((end) => end.name === name);
  return graph.initializers.get(name)?.elemType ?? value?.elemType ?? "float32";
}

const ranges = new WeakMap<Tensor, { readonly min: number; readonly max: number }>();

/** Tensors are never changed in place, so each is looked through once. */
function rangeOf(tensor: Tensor): { readonly min: number; readonly max: number } {
  const known = ranges.get(tensor);
  if (known) return known;
  const { data } = tensor;
  let min = data[0] ?? 0;
  let max = min;
  for (let i = 1; i < data.length; i++) {
    const value = data[i]!;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const range = { min, max };
  ranges.set(tensor, range);
  return range;
}

function textOf(attribute: Attribute): string {
  switch (attribute.kind) {
    case "int":
    case "float":
    case "string":
      return String(attribute.value);
    case "ints":
    case "floats":
    case "strings":
      return attribute.value.join(", ");
    case "tensor":
      return `a tensor of ${attribute.value.shape.join(" × ") || "one value"}`;
  }
}
