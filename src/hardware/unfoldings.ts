import { mapShape, type NodeKind } from "../graph/dataflow";
import { isCoupled } from "./couplings";
import { weightWordBits } from "./dot-product";
import type { Folded } from "./model";
import { inputWidthBits, legalFolding, outputWidthBits } from "./models";
import type { Unfolding } from "./refolded-config";

/** The widest stream that Vitis HLS builds, in bits. FINN: get_ap_int_max_w. */
export const maxStreamBits = 8191;

/**
 * The ways a search may fold a node, the smallest first: the PE and SIMD that divide its work, and
 * what FINN's SetFolding adds where these do not suffice, which is a window a beat once a sliding
 * window has all channels side by side, and SIMD above 1 once a VVAU has.
 */
export function unfoldingsOf({ kind, node }: Folded): Unfolding[] {
  const { PE, SIMD } = legalFolding<NodeKind>(kind, node);
  const all: Unfolding[] = (PE ?? [undefined]).flatMap((pe) =>
    (SIMD ?? [undefined]).map((simd) => ({
      ...(pe !== undefined && { PE: pe }),
      ...(simd !== undefined && { SIMD: simd }),
    })),
  );
  if (node.kind === "VVAU") return all.filter((one) => one.SIMD === 1 || one.PE === node.channels);
  if (node.kind === "ConvolutionInputGenerator" && node.impl === "rtl" && Math.max(...node.kernel) > 1) {
    all.push({ SIMD: mapShape(node.input).channels, parallel_window: 1 });
  }
  return all;
}

/** The node with another folding; its memories and multipliers stay. */
export function unfold(folded: Folded, unfolding: Unfolding): Folded {
  // The unfolding was made from the node's own legal values, so it has its kind's attributes.
  return { ...folded, folding: { ...folded.folding, ...unfolding } } as Folded;
}

/** Are its streams, that of the weights too, narrow enough to be built? */
export function canBeBuilt(folded: Folded): boolean {
  const widths = [inputWidthBits(folded), outputWidthBits(folded)];
  if ((folded.kind === "MVAU" || folded.kind === "VVAU") && folded.folding.mem_mode !== "internal_embedded") {
    widths.push(weightWordBits({ folding: folded.folding, weights: folded.node.weights.datatype }));
  }
  return Math.max(...widths) <= maxStreamBits;
}

/**
 * Can these stand one behind the other? Coupled axes must be equal, and a VVAU takes several values
 * of a window at once only from a whole window a beat.
 */
export function goTogether(before: Folded, after: Folded): boolean {
  const window = before.kind === "ConvolutionInputGenerator" ? before : null;
  if (after.kind === "VVAU" && after.folding.SIMD > 1 && window?.folding.parallel_window !== 1) return false;
  if (!window || (after.kind !== "VVAU" && after.kind !== "Pool")) return true;
  return !isCoupled(window.node, after.node) || window.folding.SIMD === after.folding.PE;
}
