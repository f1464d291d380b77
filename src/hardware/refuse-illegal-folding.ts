import { mapShape, type NodeKind } from "../graph/dataflow";
import { badFolding } from "./bad-folding";
import { isCoupled } from "./couplings";
import type { Folded } from "./model";
import { legalFolding } from "./models";

/**
 * Throws `bad-input`, naming the node, for a PE or SIMD that does not cut its work into whole beats,
 * and for neighbours whose foldings do not go together.
 */
export function refuseIllegalFolding(nodes: readonly Folded[]): void {
  for (const node of nodes) {
    refuseUnevenFolding(node);
    refuseCutWindow(node);
  }
  refuseScrambledChannels(nodes);
}

function refuseUnevenFolding(folded: Folded): void {
  const { node, folding } = folded;
  const legal = legalFolding<NodeKind>(folded.kind, node);
  for (const axis of ["PE", "SIMD"] as const) {
    const values = legal[axis];
    const value = axis in folding ? (folding as Readonly<Record<typeof axis, number>>)[axis] : undefined;
    if (!values || value === undefined || values.includes(value)) continue;
    throw badFolding(
      node.name,
      `${axis} ${value} does not divide ${values.at(-1)}; legal are ${values.join(", ")}.`,
    );
  }
}

/** A whole window a beat needs all channels at once, unless each channel has its own. */
function refuseCutWindow(folded: Folded): void {
  if (folded.kind !== "ConvolutionInputGenerator" || folded.folding.parallel_window === 0) return;
  const { channels } = mapShape(folded.node.input);
  if (!folded.node.depthwise && folded.folding.SIMD !== channels) {
    throw badFolding(folded.node.name, `with parallel_window its SIMD must be all ${channels} channels.`);
  }
}

function refuseScrambledChannels(nodes: readonly Folded[]): void {
  for (const [i, reader] of nodes.entries()) {
    const window = nodes[i - 1];
    if (window?.kind !== "ConvolutionInputGenerator") continue;
    if (reader.kind !== "VVAU" && reader.kind !== "Pool") continue;
    const { SIMD } = window.folding;
    if (isCoupled(window.node, reader.node) && reader.folding.PE !== SIMD) {
      const why = `must be the SIMD of ${window.node.name} before it, ${SIMD}, or channels would be mixed up.`;
      throw badFolding(reader.node.name, `PE ${reader.folding.PE} ${why}`);
    }
  }
}
