import { type DataflowGraph, macsOf, type NodeKind, sizeOf } from "../graph/dataflow";

/** What a graph amounts to, for people. */
export interface GraphSummary {
  /** Number of nodes of each kind, in order of first occurrence. */
  readonly nodesByKind: ReadonlyMap<NodeKind, number>;
  readonly macs: number;
  /** Multiply-accumulates a frame, by the bits of input and weight: `8bx8b`. */
  readonly macsByType: ReadonlyMap<string, number>;
  readonly weights: number;
  /** Number of weights by data type: `INT4`. */
  readonly weightsByType: ReadonlyMap<string, number>;
  /** Number of thresholds in all activations. */
  readonly thresholds: number;
}

export function summarise(graph: DataflowGraph): GraphSummary {
  const nodesByKind = new Map<NodeKind, number>();
  const macsByType = new Map<string, number>();
  const weightsByType = new Map<string, number>();
  let thresholds = 0;
  for (const node of graph.nodes) {
    count(nodesByKind, node.kind, 1);
    if (node.kind === "MVAU" || node.kind === "VVAU") {
      const { datatype, shape } = node.weights;
      count(macsByType, `${node.input.datatype.bits}bx${datatype.bits}b`, macsOf(node));
      count(weightsByType, datatype.name, sizeOf(shape));
    }
    if ("activation" in node && node.activation) thresholds += sizeOf(node.activation.thresholds.shape);
  }
  const total = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((sum, n) => sum + n, 0);
  return {
    nodesByKind,
    macs: total(macsByType),
    macsByType,
    weights: total(weightsByType),
    weightsByType,
    thresholds,
  };
}

function count<K>(counts: Map<K, number>, key: K, amount: number): void {
  counts.set(key, (counts.get(key) ?? 0) + amount);
}
