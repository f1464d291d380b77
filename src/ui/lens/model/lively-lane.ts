import type { Folded } from "../../../hardware/model";
import { isReducer, reductionOf } from "./reduction";

/**
 * The lane of a node that one learns most from, 0 to PE - 1: of the first channels that it works on,
 * the one with the most steps on its staircase, or without thresholds the most weights that are not
 * zero. Some channels of a trained network never do anything.
 */
export function livelyLane(folded: Folded): number {
  if (folded.kind === "Thresholding") {
    return mostOf(folded.folding.PE, (lane) => stepsOf(folded.node.activation, lane));
  }
  if (!isReducer(folded)) return 0;
  const { pe, terms, weights, activation } = reductionOf(folded);
  return mostOf(pe, (lane) => {
    const own = weights?.subarray(lane * terms, (lane + 1) * terms).filter((weight) => weight !== 0);
    return (activation ? terms * stepsOf(activation, lane) : 0) + (own?.length ?? 0);
  });
}

/** Steps of a channel that lie apart from the one before. */
function stepsOf(
  { thresholds }: { thresholds: { shape: readonly number[]; data: ArrayLike<number> } },
  channel: number,
): number {
  const steps = thresholds.shape[1] ?? 0;
  const row = Array.from({ length: steps }, (_, step) => thresholds.data[channel * steps + step]);
  return new Set(row).size;
}

function mostOf(count: number, scoreOf: (lane: number) => number): number {
  let best = 0;
  let most = Number.NEGATIVE_INFINITY;
  for (let lane = 0; lane < count; lane++) {
    const score = scoreOf(lane);
    if (score > most) [best, most] = [lane, score];
  }
  return best;
}
