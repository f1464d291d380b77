import type { NodeKind } from "../../../graph/dataflow";

interface Named {
  readonly name: string;
  readonly kind: NodeKind;
}

/**
 * Which node of the emulator's network puts out what a node of a design puts out, by name. A design
 * may have the thresholds of an MVAU or VVAU as a node of their own: then that node has the output,
 * and the sums before it are nobody's. Null where the two networks are not the same one.
 */
export function emulatedNodes(
  design: readonly Named[],
  network: readonly Named[],
): ReadonlyMap<string, string> | null {
  const names = new Map<string, string>();
  let at = 0;
  for (const { name, kind } of network) {
    if (design[at]?.kind !== kind) return null;
    const splits = kind === "MVAU" || kind === "VVAU";
    const ownThresholds = design.length > network.length && splits && design[at + 1]?.kind === "Thresholding";
    if (ownThresholds) at++;
    names.set(design[at]?.name ?? "", name);
    at++;
  }
  return at === design.length ? names : null;
}
