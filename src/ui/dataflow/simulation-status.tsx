import { useAppState, useStreamingSession } from "../app-context";
import { ActionButton } from "../kit/action-button";
import { shownDesign } from "../state/folding-slice";
import "./simulation-status.css";

/** What is shown and what is under way. */
export function SimulationStatus() {
  const session = useStreamingSession();
  const design = useAppState(shownDesign);
  const streaming = useAppState((state) => state.streaming);
  const share = useAppState((state) => state.simulating);
  const failure = useAppState((state) => state.streamingFailure);
  const foldingFailure = useAppState((state) =>
    state.folding === null && state.foldingMessage?.tone === "refusal" ? state.foldingMessage.text : null,
  );
  const isOld = streaming !== null && streaming.design !== design;
  if (foldingFailure) return <p role="alert">{foldingFailure}</p>;
  if (failure) {
    return (
      <div className="simulation-status" role="alert">
        <p>{failure}</p>
        <ActionButton onPress={() => session.retry()}>Try again</ActionButton>
      </div>
    );
  }
  const frames = streaming?.simulation.frames.length ?? 0;
  const words =
    share === null
      ? streaming
        ? `Simulated: ${frames} frames, one right after the other.`
        : "Getting the network ready…"
      : !streaming
        ? "Simulating the first frames…"
        : isOld
          ? "This is the folding before; the new one is being simulated…"
          : `${frames} frames are shown; more are being simulated until they repeat…`;
  return (
    <div className="simulation-status" data-old={isOld || undefined}>
      <p>{words}</p>
      {share !== null && <progress value={share} aria-label="Simulation" />}
    </div>
  );
}
