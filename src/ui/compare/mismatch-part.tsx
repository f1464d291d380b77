import { useAppState } from "../app-context";
import { NetworkInput } from "../classify/network-input";
import { ActionButton } from "../kit/action-button";
import { bounds, type Comparison } from "./model/comparison";
import { describeMismatch } from "./model/describe-agreement";
import { SaveInput } from "./save-input";
import "./mismatch-part.css";

/** The frames on which the two differ, kept with their pictures for a second look. */
export function MismatchPart({ comparison: { mismatches, counts } }: { readonly comparison: Comparison }) {
  const replayFrame = useAppState((state) => state.replayFrame);
  const drop = useAppState((state) => state.dropMismatch);
  const differing = counts.compared - counts.sameOrder;
  return (
    <section className="compare__part" aria-labelledby="mismatches-heading">
      <h3 id="mismatches-heading">Mismatches</h3>
      <p className="compare__note">
        {differing === 0
          ? "None so far: every frame had the same classes in the same order."
          : `${differing} of ${counts.compared} frames differ in some sense. The newest ${bounds.mismatches} are kept with their pictures until the page is closed.`}
      </p>
      <ul className="mismatch-part__list">
        {mismatches.toReversed().map((frame) => (
          <li key={frame.number}>
            <NetworkInput pixels={frame.input} />
            <div className="mismatch-part__text">
              <p>
                <strong>Frame {frame.number}</strong> {frame.photo}
              </p>
              <p className="compare__note">{describeMismatch(frame.agreement)}</p>
              <div className="mismatch-part__actions">
                <ActionButton
                  aria-label={`Look at frame ${frame.number}`}
                  onPress={() => replayFrame(frame.number)}
                >
                  Look
                </ActionButton>
                <SaveInput frame={frame} />
                <ActionButton aria-label={`Drop frame ${frame.number}`} onPress={() => drop(frame.number)}>
                  Drop
                </ActionButton>
              </div>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
