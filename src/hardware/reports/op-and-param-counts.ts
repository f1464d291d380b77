import { macsOf, sizeOf } from "../../graph/dataflow";
import type { FoldedGraph } from "../fold-graph";
import type { Folded } from "../model";
import { thresholdType } from "../thresholding";
import { type ReportByNode, withTotal } from "./total";

/**
 * FINN's `op_and_param_counts.json`: multiply-accumulates a frame and parameters, by their bits,
 * of each node, and the `total`. Nodes without any have an empty entry.
 */
export function opAndParamCounts({ nodes }: FoldedGraph): ReportByNode {
  return withTotal(Object.fromEntries(nodes.map((folded) => [folded.node.name, counts(folded)])));
}

/** FINN: get_op_and_param_counts. */
function counts(folded: Folded): Readonly<Record<string, number>> {
  switch (folded.kind) {
    case "MVAU":
    case "VVAU":
      return dotProductCounts(folded);
    case "Thresholding":
      return thresholdCounts(folded);
    default:
      return {};
  }
}

/** FINN names the narrower operand first, and counts one threshold a channel, however many steps there are. */
function dotProductCounts({ node, accumulator }: Folded<"MVAU"> | Folded<"VVAU">) {
  const bits = [node.input.datatype.bits, node.weights.datatype.bits];
  const thresholdBits = (accumulator ?? node.output.datatype).bits;
  return {
    [`op_mac_${Math.min(...bits)}bx${Math.max(...bits)}b`]: macsOf(node),
    [`param_weight_${node.weights.datatype.bits}b`]: sizeOf(node.weights.shape),
    ...(node.activation && {
      [`param_threshold_${thresholdBits}b`]: node.kind === "MVAU" ? node.mh : node.channels,
    }),
  };
}

/** FINN counts all thresholds of the HLS form, and none of the RTL form. */
function thresholdCounts(folded: Folded<"Thresholding">): Readonly<Record<string, number>> {
  if (folded.node.impl === "rtl") return {};
  const { thresholds } = folded.node.activation;
  return { [`param_threshold_${thresholdType(folded).bits}b`]: sizeOf(thresholds.shape) };
}
