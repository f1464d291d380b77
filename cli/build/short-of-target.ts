import type { Simulation } from "../../src/simulator/result";
import { rate } from "../output";

export interface RateWish {
  /** Frames a second that were asked for. */
  readonly targetFps: number;
  /** What the nodes are estimated to make. */
  readonly throughputFps: number;
  readonly clockNs: number;
  /** Are the FIFOs as deep as is needed already? */
  readonly sizedFifos: boolean;
}

/**
 * The sentence for a pipeline that is slower than was asked for although each of its nodes is fast
 * enough; null for any other. Where the nodes are too slow, the folding was said to miss the target.
 */
export function shortOfTarget(
  { steady }: Pick<Simulation, "steady">,
  { targetFps, throughputFps, clockNs, sizedFifos }: RateWish,
): string | null {
  if (steady === null) return null;
  const fps = 1e9 / clockNs / steady.interval;
  if (fps >= Math.min(targetFps, throughputFps)) return null;
  const sentence = `Simulated it makes ${rate(fps)}, short of ${rate(targetFps)}`;
  const shallow = steady.bottleneck.limit === "fifos" && !sizedFifos;
  return shallow
    ? `${sentence}: its FIFOs are too shallow. --size-fifos makes them deep enough.`
    : `${sentence}.`;
}
