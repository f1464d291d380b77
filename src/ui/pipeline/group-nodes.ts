import type { NodeSummary } from "../../workers/emulator-api";

/** Nodes that make one layer, or one depthwise-separable block, of the network. */
export interface NodeGroup<N extends GroupedNode = NodeSummary> {
  /** For people: "dws 3", "conv", "pool", "fc". Numbered from 1 where a kind occurs more than once. */
  readonly title: string;
  readonly kind: GroupKind;
  readonly nodes: readonly N[];
}

/** What must be known of a node to group it. */
type GroupedNode = Pick<NodeSummary, "kind" | "outputShape">;

type GroupKind = "conv" | "dws" | "depthwise" | "pointwise" | "pool" | "fc" | "other";

/**
 * Cuts a chain of hardware nodes, in stream order, into layers. A depthwise-separable (dws) block
 * is a depthwise convolution (padding, sliding window, VVAU) with the pointwise MVAU after it.
 * Thresholds, bias and label selection stay with what they follow.
 */
export function groupNodes<N extends GroupedNode>(nodes: readonly N[]): NodeGroup<N>[] {
  const cuts: N[][] = [];
  for (const node of nodes) {
    const current = cuts.at(-1);
    if (!current || startsGroup(node, current)) cuts.push([node]);
    else current.push(node);
  }
  const kinds = cuts.map(kindOf);
  const counted = new Map<GroupKind, number>();
  return cuts.map((group, i) => {
    const kind = kinds[i]!;
    const number = (counted.get(kind) ?? 0) + 1;
    counted.set(kind, number);
    const several = kinds.filter((other) => other === kind).length > 1;
    return { title: several ? `${kind} ${number}` : kind, kind, nodes: group };
  });
}

function startsGroup(node: GroupedNode, current: readonly GroupedNode[]): boolean {
  const has = (kind: NodeSummary["kind"]) => current.some((other) => other.kind === kind);
  switch (node.kind) {
    case "FMPadding":
      return true;
    case "ConvolutionInputGenerator":
      return current.at(-1)?.kind !== "FMPadding";
    case "MVAU":
      return has("MVAU") || has("Pool");
    default:
      return false;
  }
}

function kindOf(group: readonly GroupedNode[]): GroupKind {
  const find = (kind: NodeSummary["kind"]) => group.find((node) => node.kind === kind);
  const mvau = find("MVAU");
  if (find("Pool")) return "pool";
  if (find("VVAU")) return mvau ? "dws" : "depthwise";
  if (!mvau) return "other";
  if (find("ConvolutionInputGenerator")) return "conv";
  const pixels = mvau.outputShape.slice(1, -1).reduce((product, size) => product * size, 1);
  return pixels > 1 ? "pointwise" : "fc";
}
