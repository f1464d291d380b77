import type { Pass } from "../pass";

export const RemoveUnusedNodes: Pass = {
  name: "RemoveUnusedNodes",
  summary: "Removes nodes whose results reach no output of the graph.",
  apply({ graph }) {
    const needed = new Set(graph.outputs.map(({ name }) => name));
    // Backwards, so that a node is met after everything that reads it.
    const kept = graph.nodes.toReversed().filter((node) => {
      if (!node.outputs.some((name) => needed.has(name))) return false;
      for (const input of node.inputs) needed.add(input);
      return true;
    });
    const changed = kept.length < graph.nodes.length;
    if (changed) graph.nodes = kept.reverse();
    return changed;
  },
};
