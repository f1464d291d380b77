import type { LoadProgress } from "../../workers/emulator-api";
import { formatBytes } from "../kit/format";
import type { ModelState } from "../state/model-slice";
import type { Attempt } from "../state/picture-slice";

export interface Work {
  readonly label: string;
  /** How much of how much, with units; null if it is not known. */
  readonly amount: string | null;
  /** From 0 to 1; null if it is not known. */
  readonly share: number | null;
}

/** What the app is doing now; null if nothing. */
export function describeProgress(model: ModelState, attempt: Attempt | null): Work | null {
  if (model.phase === "loading") {
    return model.progress
      ? describeLoad(model.progress)
      : { label: "Loading the model", amount: null, share: null };
  }
  if (model.phase === "ready" && attempt?.phase === "running") {
    return { label: `Classifying ${attempt.picture.name}`, amount: null, share: null };
  }
  return null;
}

function describeLoad({ stage, done, total, label }: LoadProgress): Work {
  // One step, or none known, is no measure.
  if (total <= 1) return { label, amount: null, share: null };
  const amount =
    stage === "weights" ? `${formatBytes(done)} of ${formatBytes(total)}` : `${done} of ${total}`;
  return { label, amount, share: Math.min(1, done / total) };
}
