import type { Pass } from "../pass";

export const GiveUniqueNodeNames: Pass = {
  name: "GiveUniqueNodeNames",
  summary: "Names every node after its operator and its place among its kind: Conv_0, Conv_1, and so on.",
  apply({ graph }) {
    const counts = new Map<string, number>();
    let changed = false;
    for (const node of graph.nodes) {
      const number = counts.get(node.opType) ?? 0;
      counts.set(node.opType, number + 1);
      const name = `${node.opType}_${number}`;
      changed ||= node.name !== name;
      node.name = name;
    }
    return changed;
  },
};
