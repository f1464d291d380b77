import { useId } from "react";
import { useAppState } from "../app-context";
import { ActionButton } from "../kit/action-button";
import { shownFrame } from "../state/compare-slice";
import { stepInReplay } from "./step-in-replay";
import "./replay-bar.css";

/** Back through the last frames. To look at one, comparing stands still. */
export function ReplayBar() {
  const id = useId();
  const recent = useAppState((state) => state.comparison?.recent);
  const shown = useAppState((state) => shownFrame(state)?.number ?? null);
  const replayed = useAppState((state) => state.replayed);
  const before = useAppState((state) => stepInReplay(state, -1));
  const after = useAppState((state) => stepInReplay(state, 1));
  const replayFrame = useAppState((state) => state.replayFrame);
  const setPaused = useAppState((state) => state.setComparePaused);
  if (!recent || recent.length < 2) return null;
  const at = recent.findIndex(({ number }) => number === shown);
  return (
    <div className="replay-bar" data-not-on-paper>
      <ActionButton
        aria-label="Frame before"
        isDisabled={before === null}
        onPress={() => before !== null && replayFrame(before)}
      >
        ‹
      </ActionButton>
      <label htmlFor={id} className="visually-hidden">
        One of the last {recent.length} frames
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={recent.length - 1}
        value={Math.max(0, at)}
        aria-valuetext={`Frame ${shown}`}
        onChange={(event) => {
          const frame = recent[Number(event.target.value)];
          if (frame) replayFrame(frame.number);
        }}
      />
      <ActionButton
        aria-label="Frame after"
        isDisabled={after === null}
        onPress={() => after !== null && replayFrame(after)}
      >
        ›
      </ActionButton>
      {replayed !== null && <ActionButton onPress={() => setPaused(false)}>Resume</ActionButton>}
    </div>
  );
}
