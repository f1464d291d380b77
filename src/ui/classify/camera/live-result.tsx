import { useAppState } from "../../app-context";
import { halfLifeMs } from "../../session/live-smoothing";
import { TopList } from "../top-list";
import { LiveMeasurements } from "./live-measurements";
import "./live-result.css";

/** The five best classes of what the camera shows, and what it takes. */
export function LiveResult() {
  const result = useAppState((state) => state.liveResult);
  const smoothing = useAppState((state) => state.smoothing);
  const setSmoothing = useAppState((state) => state.setSmoothing);
  if (!result) return <div className="result-panel__empty" aria-hidden="true" />;
  return (
    <div className="result-panel__result live-result">
      <TopList top={smoothing ? result.smoothed : result.run.top} fixedRows />
      <label className="live-result__smoothing">
        <input type="checkbox" checked={smoothing} onChange={({ target }) => setSmoothing(target.checked)} />
        <span>
          <strong>Smooth the list.</strong> It then shows a running mean of the logits, in which a frame
          counts half after {halfLifeMs / 1000} s. Only this list: a frozen or compared frame has its own
          logits.
        </span>
      </label>
      <LiveMeasurements result={result} />
    </div>
  );
}
