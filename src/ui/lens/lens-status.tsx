import { useAppState } from "../app-context";
import { describeProgress } from "../classify/describe-progress";
import { SimulationStatus } from "../dataflow/simulation-status";
import { ActionButton } from "../kit/action-button";
import type { LensLook } from "./use-lens";

/** What is under way, or went wrong, on the way to a block's numbers. */
export function LensStatus({ look }: { readonly look: LensLook }) {
  const lensFailure = useAppState((state) => state.lensFailure);
  const tapping = useAppState((state) => state.tapping);
  const work = describeProgress(
    useAppState((state) => state.model),
    useAppState((state) => state.attempt),
  );
  const hasPhoto = useAppState((state) => state.outcome !== null);
  const failure = lensFailure ?? tapping?.failure?.message ?? null;
  const words = !look.isOfModel
    ? "The folding on screen is of another network than the one that is loaded, so there are no numbers for it."
    : work
      ? `${work.label}…`
      : hasPhoto && !look.lens
        ? "Getting the block’s numbers…"
        : null;
  return (
    <>
      <SimulationStatus />
      <p role="status" className="lens__status">
        {words}
      </p>
      <div role="alert">
        {failure && (
          <p className="lens__failure">
            {failure} <ActionButton onPress={look.retry}>Try again</ActionButton>
          </p>
        )}
      </div>
    </>
  );
}
