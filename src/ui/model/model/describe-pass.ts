import type { PassStep } from "../../../compiler/pass";
import { formatInteger } from "../../kit/format";
import type { Fate } from "./graph-at";

/** "147 nodes → 174: 27 new, 3 changed, none gone." */
export function describePass(
  { changed, nodesBefore, nodesAfter }: Pick<PassStep, "changed" | "nodesBefore" | "nodesAfter">,
  fates: ReadonlyMap<string, Fate>,
): string {
  if (!changed) return `Nothing to do: still ${nodesOf(nodesAfter)}.`;
  const count = (fate: Fate) => [...fates.values()].filter((one) => one === fate).length;
  const parts = (["new", "changed", "gone"] as const).flatMap((fate) =>
    count(fate) > 0 ? [`${formatInteger(count(fate))} ${fate}`] : [],
  );
  const counts =
    nodesBefore === nodesAfter
      ? `${nodesOf(nodesAfter)} as before`
      : `${nodesOf(nodesBefore)} become ${formatInteger(nodesAfter)}`;
  return parts.length > 0
    ? `${counts}: ${parts.join(", ")}.`
    : `${counts}; what is known of their shapes and types changed.`;
}

export const nodesOf = (count: number) => `${formatInteger(count)} ${count === 1 ? "node" : "nodes"}`;
