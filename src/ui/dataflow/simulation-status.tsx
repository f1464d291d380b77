import { useAppState, useStreamingSession } from "../app-context";
import { ActionButton } from "../kit/action-button";
import { shownDesign } from "../state/folding-slice";
import { isOutOfDate } from "./model/out-of-date";
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
  const isOld = useAppState(isOutOfDate);
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
          ? `Simulating ${design?.board === streaming.design.board ? "the new folding" : `the folding for the ${design?.board}`}…`
          : `${frames} frames are shown; more are being simulated until they repeat…`;
  return (
    <div className="simulation-status" data-old={isOld || undefined}>
      <p>{words}</p>
      {share !== null && (
        <>
          <progress value={share} aria-label="Simulation" />
          <span aria-hidden="true">{Math.floor(share * 100)} %</span>
        </>
      )}
    </div>
  );
}
