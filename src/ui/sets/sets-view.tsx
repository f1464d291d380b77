import { useEffect } from "react";
import { useAppState, useSetSession } from "../app-context";
import { useWindowDrop } from "../kit/use-window-drop";
import { FilesPart } from "./files-part";
import { FolderPart } from "./folder-part";
import { LabelsPart } from "./labels-part";
import { ResultsPart } from "./results-part";
import { RunPart } from "./run-part";
import { StartPart } from "./start-part";
import "./sets-view.css";

/** A folder of pictures through the emulator, the endpoints, or both: who is right, and who agrees. */
export function SetsView() {
  const session = useSetSession();
  const run = useAppState((state) => state.setRun);
  const chosen = useAppState((state) => state.chosenSet);
  const failure = useAppState((state) => state.setFailure);
  useEffect(() => {
    void session.restore();
  }, [session]);
  const over = useWindowDrop((transfer) => void session.takeDrop(transfer?.items));
  return (
    <div className="sets drop-place" data-over={over || undefined}>
      <header>
        <h2 className="view-title">Sets</h2>
        <p className="view-lead">
          Run a folder of pictures through the emulator, through endpoints, or both: how often each is right,
          and how often they agree. The pictures leave this browser only for the endpoints that you choose.
        </p>
      </header>
      <div className="sets__pair">
        <FolderPart />
        {chosen && <LabelsPart chosen={chosen} />}
        {chosen && <StartPart />}
      </div>
      {/* Always there, so that screen readers hear what comes into it. */}
      <div role="alert">{failure && <p className="sets__refusal">{failure.message}</p>}</div>
      {run && (
        <>
          <RunPart run={run} />
          <ResultsPart run={run} />
          <FilesPart run={run} />
        </>
      )}
    </div>
  );
}
