import type { Folded } from "../../../hardware/model";
import { inputCut } from "./beats";
import { bestLabels, type ScoredLabel } from "./best-labels";
import type { Moment } from "./moment";
import type { Values } from "./values";

/** What LabelSelect keeps, compares and puts out. */
export interface LabelState {
  readonly frame: number;
  /** Classes of this frame that came past. */
  readonly seen: number;
  /** The classes that come in next, PE of them. */
  readonly entering: readonly ScoredLabel[];
  /** The best so far, best first. */
  readonly best: readonly ScoredLabel[];
  /** The finished frame whose classes go out, and how many of them have gone; null when all are out. */
  readonly leaving: {
    readonly frame: number;
    readonly gone: number;
    readonly best: readonly ScoredLabel[];
  } | null;
}

/** LabelSelect at a moment. */
export function labelStateAt(
  folded: Folded<"LabelSelect">,
  scores: Values,
  { taken, given }: Pick<Moment, "taken" | "given">,
): LabelState {
  const { beats, lanes } = inputCut(folded);
  const { labels, k } = folded.node;
  const frame = Math.floor(taken / beats);
  const seen = (taken % beats) * lanes;
  const kept = Math.min(k, labels);
  const entering = Array.from({ length: lanes }, (_, lane) => ({
    label: seen + lane,
    score: scores(seen + lane),
  }));
  const frameOut = Math.floor(given / kept);
  return {
    frame,
    seen,
    entering,
    best: bestLabels(scores, seen, k),
    leaving:
      frameOut < frame ? { frame: frameOut, gone: given % kept, best: bestLabels(scores, labels, k) } : null,
  };
}
