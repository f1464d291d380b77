import { accumulatorRange } from "../graph/accumulator";
import type { DataflowGraph, DataflowNode, MVAU, Thresholding, VVAU } from "../graph/dataflow";
import { smallestDataType } from "../graph/datatype";
import { instanceName } from "./folding-config";

/**
 * The same network with thresholds as nodes of their own, as FINN builds it for Zynq: every MVAU
 * and VVAU puts out its sums, and a Thresholding_rtl follows. An MVAU without thresholds can be RTL,
 * which multiplies in DSPs. Names are numbered anew, each kind and style in stream order.
 */
export function withStandaloneThresholds(graph: DataflowGraph): DataflowGraph {
  return { ...graph, nodes: renumbered(graph.nodes.flatMap(split)) };
}

function split(node: DataflowNode): DataflowNode[] {
  if ((node.kind !== "MVAU" && node.kind !== "VVAU") || !node.activation) return [node];
  const { activation, output } = node;
  const range = accumulatorRange(node.weights, node.input.datatype);
  const sums = { ...output, datatype: smallestDataType(range.min, range.max) };
  const bare = { ...node, impl: implWithoutThresholds(node), output: sums, activation: null };
  const thresholds: Thresholding = {
    kind: "Thresholding",
    name: node.name,
    impl: "rtl",
    channels: node.kind === "MVAU" ? node.mh : node.channels,
    activation,
    input: sums,
    output,
  };
  return [bare, thresholds];
}

/** FINN: SpecializeLayers. The RTL multiplies signed weights of up to 8 bits; VVAU_rtl is for Versal. */
function implWithoutThresholds(node: MVAU | VVAU): "hls" | "rtl" {
  const { weights, input } = node;
  const fits = weights.datatype.signed && weights.datatype.bits <= 8 && input.datatype.bits <= 8;
  return node.kind === "MVAU" && fits ? "rtl" : "hls";
}

function renumbered(nodes: readonly DataflowNode[]): DataflowNode[] {
  const used = new Map<string, number>();
  return nodes.map((node) => {
    const key = `${node.kind}_${node.impl}`;
    const index = used.get(key) ?? 0;
    used.set(key, index + 1);
    return { ...node, name: instanceName(node.kind, node.impl, index) };
  });
}
