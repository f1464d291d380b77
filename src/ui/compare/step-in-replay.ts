import { type CompareSlice, shownFrame } from "../state/compare-slice";

/**
 * Number of the frame next to the one that is shown, among the kept ones; null where there is none. A
 * frame that is kept only as a mismatch is older than all of those.
 */
export function stepInReplay(
  state: Pick<CompareSlice, "comparison" | "mismatches" | "replayed">,
  by: 1 | -1,
): number | null {
  const recent = state.comparison?.recent ?? [];
  const shown = shownFrame(state)?.number;
  if (shown === undefined) return null;
  const next =
    by === 1 ? recent.find(({ number }) => number > shown) : recent.findLast(({ number }) => number < shown);
  return next?.number ?? null;
}
