import { useAppState } from "../app-context";
import { isLive } from "../state/live-slice";
import { standing } from "../state/picture-slice";
import { LiveOrigin } from "./camera/live-origin";
import { LiveResult } from "./camera/live-result";
import { Failures } from "./failures";
import { LogitSpectrum } from "./logit-spectrum";
import { Measurements } from "./measurements";
import { ResultOrigin } from "./result-origin";
import { TopList } from "./top-list";
import "./result-panel.css";

/** The five best classes of the newest result there is, or of the camera, and what is under way. */
export function ResultPanel() {
  const outcome = useAppState((state) => state.outcome);
  const live = useAppState(isLive);
  const current = useAppState(standing) === "current";
  return (
    <section className="result-panel" aria-labelledby="result-heading" data-tour="result">
      <div className="result-panel__head">
        <h2 id="result-heading" className="part-heading">
          Top 5
        </h2>
        {live ? <LiveOrigin /> : <ResultOrigin />}
      </div>
      <Failures />
      {live ? (
        <LiveResult />
      ) : outcome ? (
        <div className="result-panel__result" data-former={!current || undefined}>
          <TopList top={outcome.classification.top} />
          <LogitSpectrum
            logits={outcome.classification.logits}
            marked={outcome.classification.top.map(({ index }) => index)}
          />
          <Measurements classification={outcome.classification} />
        </div>
      ) : (
        <div className="result-panel__empty" aria-hidden="true" />
      )}
    </section>
  );
}
