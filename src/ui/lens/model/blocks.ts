import type { NodeRow } from "../../../hardware/folding-report";
import type { PipelineMachine } from "../../dataflow/model/pipeline";
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

/** The block that a machine belongs to; a converter belongs to the node before it. Null if it is in none. */
export function blockWith(
  blocks: readonly LensBlock[],
  machine: string | null,
  machines: readonly Pick<PipelineMachine, "name" | "index" | "converter">[],
): LensBlock | null {
  const holding = (name: string | null | undefined) =>
    blocks.find(({ nodes }) => nodes.some((node) => node.name === name)) ?? null;
  const own = holding(machine);
  if (own) return own;
  const at = machines.find(({ name, converter }) => converter && name === machine);
  const before = machines.findLast(({ index, converter }) => at && !converter && index < at.index);
  return holding(before?.name);
}
