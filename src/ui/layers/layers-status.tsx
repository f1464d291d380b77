import { useAppState } from "../app-context";
import { describeProgress } from "../classify/describe-progress";
import { ActionButton } from "../kit/action-button";
import { tappingOf } from "../state/taps-slice";
import "./layers-status.css";

/** What is under way, or went wrong, on the way to the layers' values. */
export function LayersStatus({ onRetry }: { onRetry?: () => void }) {
  const tapping = useAppState((state) => state.tapping && tappingOf(state, state.tapping.nodes[0] ?? ""));
  const model = useAppState((state) => state.model);
  const attempt = useAppState((state) => state.attempt);
  const isFolding = useAppState((state) => state.wantedFolding !== null && state.foldingWork !== null);
  const label =
    tapping?.phase === "running"
      ? "Computing all layers"
      : (describeProgress(model, attempt)?.label ?? (isFolding ? "Folding the network" : undefined));
  return (
    <div className="layers-status">
      <p role="status">{label && `${label}…`}</p>
      <div role="alert">
        {tapping?.failure && (
          <p className="layers-status__failure">
            {tapping.failure.message} <ActionButton onPress={() => onRetry?.()}>Try again</ActionButton>
          </p>
        )}
      </div>
    </div>
  );
}
