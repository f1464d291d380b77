import { ProgressBar } from "react-aria-components/ProgressBar";
import { useAppState, useFoldingSession } from "../app-context";
import { ActionButton } from "../kit/action-button";
import { shownDesign } from "../state/folding-slice";
import "./button-row.css";
import "./folding-status.css";

/** What is being worked on, and the answer to what was done last: at the foot of the window, wherever one is on the page. */
export function FoldingStatus() {
  const session = useFoldingSession();
  const message = useAppState((state) => state.foldingMessage);
  const work = useAppState((state) => state.foldingWork);
  const empty = useAppState((state) => shownDesign(state) === null);
  const dismiss = useAppState((state) => state.setFoldingMessage);
  const refused = message?.tone === "refusal";
  return (
    <div className="folding-status" data-empty={(!message && !work) || undefined}>
      <p role="status" aria-label="Answer">
        {message && !refused && message.text}
      </p>
      <div role="alert" className="folding-status__refusal">
        {refused && message.text}
      </div>
      {work && (
        <ProgressBar
          className="folding-status__work"
          isIndeterminate={work.share === null}
          value={(work.share ?? 0) * 100}
          aria-label={work.label}
        >
          {work.label}…{work.share !== null && ` ${Math.floor(work.share * 100)} %`}
        </ProgressBar>
      )}
      <div className="button-row">
        {refused && empty && <ActionButton onPress={() => void session.open()}>Try again</ActionButton>}
        {work && <ActionButton onPress={session.stop}>Stop</ActionButton>}
        {message && !work && <ActionButton onPress={() => dismiss(null)}>Dismiss</ActionButton>}
      </div>
    </div>
  );
}
