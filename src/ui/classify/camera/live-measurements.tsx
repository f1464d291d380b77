import { useAppState } from "../../app-context";
import { deviceNames } from "../../kit/engine-names";
import { Facts } from "../../kit/facts";
import { formatFps, formatInteger, formatMs } from "../../kit/format";
import type { LiveStage } from "../../session/live-meter";
import type { LiveResult } from "../../state/live-slice";
import "../measurements.css";

/** What the newest frames took, stage by stage, and on what. All of it measured. */
export function LiveMeasurements({ result }: { readonly result: LiveResult }) {
  const { measurements, run } = result;
  const { framesPerSecond, medianMs, fromLight, given, taken } = measurements;
  const fallback = useAppState(({ model }) => (model.phase === "ready" ? model.model.fallback : null));
  const stages: readonly (readonly [name: string, stage: LiveStage])[] = [
    [fromLight ? "Capture" : "Capture, since shown", "capture"],
    ["Resize, crop", "resize"],
    ["Emulate", "emulate"],
    ["Draw", "draw"],
  ];
  return (
    <div className="measurements">
      <dl className="measurements__times">
        <div>
          <dt>Rate</dt>
          <dd>{framesPerSecond === null ? "–" : formatFps(framesPerSecond)}</dd>
        </div>
        {stages.map(([name, stage]) => (
          <div key={stage}>
            <dt>{name}</dt>
            <dd>{medianMs[stage] === null ? "–" : formatMs(medianMs[stage])}</dd>
          </div>
        ))}
      </dl>
      <Facts
        facts={[
          ["Frames", `${formatInteger(taken)} classified of ${formatInteger(given)} that the camera gave`],
          ["Engine", run.engine.label],
          ["Runs on", deviceNames[run.engine.device]],
        ]}
      />
      <p className="measurements__note">
        Times are medians of the newest frames. The newest frame always goes first.
      </p>
      {fallback && (
        <p className="measurements__fallback">
          <strong>Not on WebGPU.</strong> {fallback}
        </p>
      )}
    </div>
  );
}
