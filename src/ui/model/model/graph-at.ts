import type { GraphChange, NodeSnapshot } from "../../../compiler/snapshot";

/** A graph's nodes by name, in topological order. */
export type GraphNodes = ReadonlyMap<string, NodeSnapshot>;

/** The graph as it was read, at 0, and after each pass: pass i leaves graph i + 1. */
export function graphsOf(
  asRead: GraphChange,
  steps: readonly { readonly graph: GraphChange }[],
): GraphNodes[] {
  const graphs: GraphNodes[] = [];
  let before: GraphNodes = new Map();
  for (const { order, nodes } of [asRead, ...steps.map(({ graph }) => graph)]) {
    const fresh = new Map(nodes.map((node) => [node.name, node]));
    const after = new Map<string, NodeSnapshot>();
    for (const name of order) {
      const node = fresh.get(name) ?? before.get(name);
      if (node) after.set(name, node);
    }
    graphs.push(after);
    before = after;
  }
  return graphs;
}

/** What became of a node in a pass. */
export type Fate = "new" | "changed" | "gone";

/** The nodes that a pass made, changed and removed, those that are there in their order. */
export function fatesOf(
  before: GraphNodes,
  after: GraphNodes,
  {
    changedNodes,
    removedNodes,
  }: { readonly changedNodes: readonly string[]; readonly removedNodes: readonly string[] },
): ReadonlyMap<string, Fate> {
  const changed = new Set(changedNodes);
  const fates = new Map<string, Fate>();
  for (const name of after.keys()) {
    if (changed.has(name)) fates.set(name, before.has(name) ? "changed" : "new");
  }
  for (const name of removedNodes) fates.set(name, "gone");
  return fates;
}
