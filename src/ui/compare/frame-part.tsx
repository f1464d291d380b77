import { useAppState } from "../app-context";
import { NetworkInput } from "../classify/network-input";
import { formatInteger } from "../kit/format";
import { shownFrame } from "../state/compare-slice";
import { AgreementSenses } from "./agreement-senses";
import { AnswerPair } from "./answer-pair";
import { LatencySplit } from "./latency-split";
import { isSameSetup } from "./model/comparison";
import { describeSetup } from "./model/describe-setup";
import { ReplayBar } from "./replay-bar";
import { SaveInput } from "./save-input";
import "./frame-part.css";

/** One frame: what both sides were given, what they said, and how long they took. */
export function FramePart() {
  const frame = useAppState(shownFrame);
  const comparison = useAppState((state) => state.comparison);
  if (!frame) return null;
  return (
    <section className="frame-part compare__part" aria-labelledby="frame-heading">
      <div className="frame-part__head">
        <h3 id="frame-heading">
          Frame {formatInteger(frame.number)}: {frame.photo ?? "camera"}
        </h3>
        <ReplayBar />
      </div>
      {(!comparison || !isSameSetup(comparison.setup, frame.setup)) && (
        <p className="compare__note">Of an earlier comparison: {describeSetup(frame.setup)}.</p>
      )}
      <div className="frame-part__body">
        <div className="frame-part__picture">
          <NetworkInput pixels={frame.input} />
          <SaveInput frame={frame} />
        </div>
        <div className="frame-part__answers">
          <AgreementSenses agreement={frame.agreement} />
          <AnswerPair frame={frame} />
        </div>
      </div>
      <LatencySplit frame={frame} />
    </section>
  );
}
