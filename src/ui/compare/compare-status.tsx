import { useAppState } from "../app-context";
import { useEndpointStatus } from "../endpoints/use-endpoint-status";
import { comparedEntry } from "../state/compare-slice";
import type { EndpointEntry } from "../state/endpoints-slice";
import { isLive } from "../state/live-slice";
import { describeMismatch } from "./model/describe-agreement";

/** What goes on, and what keeps it from going on. */
export function CompareStatus() {
  const entry = useAppState(comparedEntry);
  return entry && <EndpointState entry={entry} />;
}

function EndpointState({ entry }: { readonly entry: EndpointEntry }) {
  const { phase } = useEndpointStatus(entry);
  const paused = useAppState((state) => state.comparePaused);
  const replayed = useAppState((state) => state.replayed);
  const failure = useAppState((state) => state.askFailure);
  const source = useAppState((state) => state.compareSource);
  const isCameraOn = useAppState(isLive);
  const asking = useAppState((state) => state.asking);
  const newest = useAppState((state) => state.comparison?.recent.at(-1));
  const isLate = useAppState((state) => state.endpointLate && state.aligned);
  const isModelReady = useAppState((state) => state.model.phase === "ready");
  return (
    <div className="compare__state">
      <p role="status" aria-label="Comparing" className="compare__status">
        {describe()}
      </p>
      {/* Always there, so that screen readers hear what comes into it. */}
      <div role="alert">
        {failure && (
          <p className="compare__failure">
            <strong>No answer from {entry.address}.</strong> {failure.message} The emulator goes on.
            {phase === "failed" && " Comparing resumes by itself when the endpoint is back."}
          </p>
        )}
      </div>
    </div>
  );

  function describe(): string {
    if (phase === "awaiting-consent") return `${entry.address} waits for your yes.`;
    if (!isModelReady) return "Waiting for the model.";
    if (phase === "checking") return `Asking ${entry.address} what it is…`;
    if (phase === "failed") return "The endpoint cannot be used now. It is asked again by itself.";
    if (replayed !== null) return `Looking at frame ${replayed}. Comparing stands still.`;
    if (paused) return "Paused.";
    if (source === "camera") {
      if (!isCameraOn) return "Waiting for the camera.";
      if (isLate) return "The endpoint takes longer than 1 s: the emulator goes on without waiting for it.";
      return "Comparing frame by frame.";
    }
    if (asking) return "Asking the endpoint…";
    if (!newest) return "Waiting for a photo.";
    const { sameOrder } = newest.agreement;
    const result = sameOrder ? "the same five in the same order" : describeMismatch(newest.agreement);
    return `Frame ${newest.number} compared: ${result}.`;
  }
}
