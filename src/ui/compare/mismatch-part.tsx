import packageJson from "../../../package.json" with { type: "json" };
import { useAppState } from "../app-context";
import { NetworkInput } from "../classify/network-input";
import { ActionButton } from "../kit/action-button";
import { saveFile } from "../kit/save-file";
import { isSameSetup, type KeptFrame } from "./model/comparison";
import { describeMismatch } from "./model/describe-agreement";
import { describeSetup } from "./model/describe-setup";
import { framesCsv } from "./model/export-csv";
import { mismatchBound } from "./model/mismatches";
import { SaveInput } from "./save-input";
import "./mismatch-part.css";

/** The frames on which the two differ, of all comparisons, kept with their pictures for a second look. */
export function MismatchPart() {
  const mismatches = useAppState((state) => state.mismatches);
  const counts = useAppState((state) => state.comparison?.counts);
  const differing = counts ? counts.compared - counts.sameOrder : 0;
  return (
    <section className="compare__part" aria-labelledby="mismatches-heading">
      <div className="session-part__head">
        <h3 id="mismatches-heading">Mismatches</h3>
        {mismatches.length > 0 && (
          <div data-not-on-paper>
            <ActionButton
              onPress={() => {
                const table = framesCsv(mismatches, packageJson.version);
                saveFile("mismatches.csv", new Blob([table], { type: "text/csv" }));
              }}
            >
              Export mismatches
            </ActionButton>
          </div>
        )}
      </div>
      <p className="compare__note">
        {counts &&
          (differing === 0
            ? "None in this comparison so far: every frame had the same classes in the same order. "
            : `${differing} of ${counts.compared} frames of this comparison differ in some sense. `)}
        {(mismatches.length > 0 || differing > 0) &&
          `The newest ${mismatchBound}, also of earlier comparisons, are kept with their pictures until you drop them or the page is closed.`}
      </p>
      <ul className="mismatch-part__list">
        {mismatches.toReversed().map((frame) => (
          <Mismatch key={frame.number} frame={frame} />
        ))}
      </ul>
    </section>
  );
}

function Mismatch({ frame }: { readonly frame: KeptFrame }) {
  const replayFrame = useAppState((state) => state.replayFrame);
  const drop = useAppState((state) => state.dropMismatch);
  const isEarlier = useAppState(
    ({ comparison }) => !comparison || !isSameSetup(comparison.setup, frame.setup),
  );
  return (
    <li>
      <NetworkInput pixels={frame.input} />
      <div className="mismatch-part__text">
        <p>
          <strong>Frame {frame.number}</strong> {frame.photo}
        </p>
        <p className="compare__note">{describeMismatch(frame.agreement)}</p>
        {isEarlier && <p className="compare__note">Earlier: {describeSetup(frame.setup)}</p>}
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
  );
}
