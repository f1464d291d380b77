import type { Values } from "./values";

/** A class and its score. */
export interface ScoredLabel {
  readonly label: number;
  readonly score: number;
}

/**
 * The k best of the first `seen` classes, best first. FINN: LabelSelect keeps k places; a score moves up
 * past those it beats, so of equal scores the lower class stays ahead.
 */
export function bestLabels(scores: Values, seen: number, k: number): ScoredLabel[] {
  const best: ScoredLabel[] = [];
  for (let label = 0; label < seen; label++) {
    const score = scores(label);
    let place = best.length;
    while (place > 0 && score > (best[place - 1]?.score ?? score)) place--;
    best.splice(place, 0, { label, score });
    best.length = Math.min(best.length, k);
  }
  return best;
}
