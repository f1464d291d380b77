import type { OnnxGraph } from "./model";

/** The data type of a tensor as FINN annotates it: `UINT4`, `INT32`, ...; `FLOAT32` if nothing is said. */
export function datatypeOf(graph: OnnxGraph, tensor: string): string {
  return graph.annotations.get(tensor)?.get("finn_datatype") ?? "FLOAT32";
}

export function setDatatype(graph: OnnxGraph, tensor: string, datatype: string): void {
  annotate(graph, tensor, "finn_datatype", datatype);
}

/** The layout of a tensor, such as `["N", "H", "W", "C"]`, or undefined if nothing is said. */
export function layoutOf(graph: OnnxGraph, tensor: string): string[] | undefined {
  // FINN writes a Python list: "['N', 'C', 'H', 'W']".
  return graph.annotations.get(tensor)?.get("tensor_layout")?.match(/\w+/g) ?? undefined;
}

export function setLayout(graph: OnnxGraph, tensor: string, layout: readonly string[]): void {
  annotate(graph, tensor, "tensor_layout", `[${layout.map((axis) => `'${axis}'`).join(", ")}]`);
}

function annotate(graph: OnnxGraph, tensor: string, key: string, value: string): void {
  const entries = graph.annotations.get(tensor) ?? new Map<string, string>();
  entries.set(key, value);
  graph.annotations.set(tensor, entries);
}
