import { ProgressBar } from "react-aria-components/ProgressBar";
import { useAppState, useSetSession } from "../app-context";
import { ActionButton } from "../kit/action-button";
import { EndpointLines } from "./endpoint-lines";
import { ExportButtons } from "./export-buttons";
import { counted } from "./model/counted";
import { progressOf } from "./model/progress";
import type { RunSnapshot } from "./run/run-snapshot";
import "./run-part.css";

const phases: Readonly<Record<RunSnapshot["phase"], string>> = {
  running: "Running",
  paused: "Paused",
  done: "Done",
  stopped: "Stopped",
};

/** How far the run is, and what can be done with it. */
export function RunPart({ run }: { readonly run: RunSnapshot }) {
  const session = useSetSession();
  const checksum = useAppState((state) => state.lastModel?.checksum);
  const { header, phase } = run;
  const { share, amount, pace, toRetry } = progressOf(run);
  const isOtherModel = checksum !== undefined && checksum !== header.model.checksum;
  const canGoOn = phase === "paused" || phase === "stopped" || toRetry > 0;
  return (
    <section className="sets__part" aria-labelledby="sets-run">
      <h3 id="sets-run">Run of “{header.set.name}”</h3>
      <ProgressBar className="run-progress" aria-label="Run" value={share * 100} valueLabel={amount}>
        <span>
          <strong>{phases[phase]}</strong>: {amount}
        </span>
        <span>{pace}</span>
        <span className="run-progress__track">
          <span className="run-progress__bar" style={{ width: `${share * 100}%` }} />
        </span>
      </ProgressBar>
      <p role="status" className="visually-hidden">
        {phase === "running" ? "The set is running." : `${phases[phase]}: ${amount}.`}
      </p>
      <div className="sets__row">
        {phase === "running" ? (
          <ActionButton onPress={session.pause}>Pause</ActionButton>
        ) : (
          canGoOn && (
            <ActionButton
              primary={phase === "paused"}
              isDisabled={isOtherModel || checksum === undefined}
              onPress={() => void session.resume()}
            >
              {phase === "done" ? `Try the ${counted(toRetry, "failed file")} again` : "Resume"}
            </ActionButton>
          )
        )}
        {(phase === "running" || phase === "paused") && (
          <ActionButton onPress={session.stop}>Stop</ActionButton>
        )}
        <ExportButtons run={run} />
        {phase !== "running" && (
          <ActionButton onPress={() => void session.forget()}>Forget the results</ActionButton>
        )}
      </div>
      {isOtherModel && (
        <p className="sets__caution">
          These are results of {header.model.name} ({header.model.checksum.slice(0, 8)}), and another model is
          in use now. The run goes on when that one is in use again.
        </p>
      )}
      {run.halt && phase === "paused" && <p className="sets__caution">{run.halt}</p>}
      {!run.hasFolder && canGoOn && !isOtherModel && (
        <p className="sets__note">
          The results were kept over the reload. To go on, the folder is needed again; files that are still
          the same are not run twice.
        </p>
      )}
      {!run.isKept && (
        <p className="sets__caution">
          The browser’s store is full or closed: the results last as long as this page. Save them before you
          leave.
        </p>
      )}
      <EndpointLines run={run} />
    </section>
  );
}
