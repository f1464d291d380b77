import type { NodeRow } from "../../../hardware/folding-report";
import { groupNodes, type NodeGroup } from "../../pipeline/group-nodes";

/** Neighbouring nodes that are looked at together. */
export interface LensBlock {
  /** Stable, for links: "dws-7". */
  readonly id: string;
  /** For people: "dws 7". */
  readonly title: string;
  readonly kind: NodeGroup["kind"] | "classifier";
  readonly nodes: readonly NodeRow[];
}

/** The layers of a network; what follows the last convolution is one block, the classifier. */
export function blocksOf(rows: readonly NodeRow[]): LensBlock[] {
  const groups = groupNodes(rows);
  const tail = groups.findIndex(({ kind }, i) => {
    const isEnd = groups.slice(i).every((group) => group.kind === "pool" || group.kind === "fc");
    return kind === "pool" && isEnd;
  });
  const layers = (tail < 0 ? groups : groups.slice(0, tail)).map(({ title, kind, nodes }) => ({
    id: title.replaceAll(" ", "-"),
    title,
    kind,
    nodes,
  }));
  if (tail < 0) return layers;
  const nodes = groups.slice(tail).flatMap((group) => group.nodes);
  return [...layers, { id: "classifier", title: "classifier", kind: "classifier", nodes }];
}
