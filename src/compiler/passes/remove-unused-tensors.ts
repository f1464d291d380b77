import type { Pass } from "../pass";

export const RemoveUnusedTensors: Pass = {
  name: "RemoveUnusedTensors",
  summary: "Removes constants that nothing reads, and what is noted about tensors that are gone.",
  apply({ graph }) {
    const ends = [...graph.inputs, ...graph.outputs].map(({ name }) => name);
    const used = new Set([...ends, ...graph.nodes.flatMap(({ inputs }) => inputs)]);
    const present = new Set([...used, ...graph.nodes.flatMap(({ outputs }) => outputs)]);
    const removed =
      removeOthers(graph.initializers, used) +
      removeOthers(graph.valueInfo, present) +
      removeOthers(graph.annotations, present);
    return removed > 0;
  },
};

function removeOthers(entries: Map<string, unknown>, keep: ReadonlySet<string>): number {
  const before = entries.size;
  for (const name of entries.keys()) if (!keep.has(name)) entries.delete(name);
  return before - entries.size;
}
