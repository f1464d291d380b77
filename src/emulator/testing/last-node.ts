import type { NodeKind, NodeOf } from "../../graph/dataflow";
import type { Chain } from "./chain";

/** The last node of a chain, which must be of the given kind. */
export function lastNode<K extends NodeKind>(chain: Chain, kind: K): NodeOf<K> {
  const node = chain.graph().nodes.at(-1);
  if (node?.kind !== kind) throw new TypeError(`expected a ${kind}, got ${node?.kind}`);
  return node as NodeOf<K>;
}
