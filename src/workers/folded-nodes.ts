import { StreamscopeError } from "../graph/errors";
import type { FoldedGraph } from "../hardware/fold-graph";
import type { Folded } from "../hardware/model";

/**
 * Nodes of a folded graph by name, with copies of what they hold: the graph keeps its own, which may
 * be views into the whole package's bytes. Throws `bad-input` for a name it does not have.
 */
export function foldedNodes({ nodes }: FoldedGraph, names: readonly string[]): Folded[] {
  return names.map((name) => {
    const folded = nodes.find(({ node }) => node.name === name);
    if (!folded) throw new StreamscopeError("bad-input", `The network has no node ${name}.`, { node: name });
    return withOwnArrays(folded);
  });
}

/** A deep copy, in which no array shares its bytes with another. */
function withOwnArrays<T>(value: T): T {
  if (ArrayBuffer.isView(value)) return (value as T & Uint8Array).slice() as unknown as T;
  if (Array.isArray(value)) return value.map(withOwnArrays) as T;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, part]) => [key, withOwnArrays(part)]);
  return Object.fromEntries(entries);
}
