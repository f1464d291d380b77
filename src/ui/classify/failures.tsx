import { useAppState } from "../app-context";
import { FailureMessage } from "./failure-message";
import "./failures.css";

/** What went wrong and what helps. The region is always there, so that screen readers hear what comes into it. */
export function Failures() {
  const model = useAppState((state) => state.model);
  const attempt = useAppState((state) => state.attempt);
  const refusal = useAppState((state) => state.refusal);
  const ofPicture = attempt?.phase === "failed" ? attempt.failure : null;
  return (
    <div role="alert" className="failures">
      {/* A missing model explains a failed picture too: one message is enough. */}
      {model.phase === "failed" ? (
        <FailureMessage failure={model.failure} />
      ) : (
        ofPicture && <FailureMessage failure={ofPicture} about={attempt?.picture.name} />
      )}
      {refusal && <FailureMessage failure={refusal} />}
    </div>
  );
}
