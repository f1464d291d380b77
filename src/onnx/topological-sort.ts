import { StreamscopeError } from "../graph/errors";
import type { OnnxNode } from "./model";

/**
 * Puts nodes into an order in which each tensor is made before it is read. Nodes that are
 * in order already stay where they are. Takes time linear in the edges. Throws `bad-model`
 * for a cycle, naming nodes on it.
 */
export function topologicalSort(nodes: readonly OnnxNode[]): OnnxNode[] {
  const producer = new Map<string, OnnxNode>();
  for (const node of nodes) for (const output of node.outputs) if (output) producer.set(output, node);

  const sorted: OnnxNode[] = [];
  const state = new Map<OnnxNode, "open" | "done">();
  // Depth first with a stack of our own: a chain may be longer than the call stack.
  const stack: { node: OnnxNode; nextInput: number }[] = [];
  for (const root of nodes) {
    if (state.has(root)) continue;
    state.set(root, "open");
    stack.push({ node: root, nextInput: 0 });
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const input = top.node.inputs[top.nextInput++];
      if (input === undefined) {
        state.set(top.node, "done");
        sorted.push(top.node);
        stack.pop();
        continue;
      }
      const before = producer.get(input);
      if (!before || state.get(before) === "done") continue;
      if (state.get(before) === "open") {
        const circle = stack
          .slice(stack.findIndex(({ node }) => node === before))
          .map(({ node }) => node.name);
        const named = circle.slice(0, 5).map((name) => `"${name}"`);
        throw new StreamscopeError(
          "bad-model",
          `The nodes ${named.join(", ")}${circle.length > 5 ? " and others" : ""} feed each other in a circle.`,
          { node: before.name, op: before.opType },
        );
      }
      state.set(before, "open");
      stack.push({ node: before, nextInput: 0 });
    }
  }
  return sorted;
}
