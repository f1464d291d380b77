import { useAppState } from "../app-context";
import { deviceNames } from "../kit/engine-names";
import { Facts } from "../kit/facts";
import { formatMs } from "../kit/format";

/** What runs now, in its own words, and what setting it up took. */
export function EngineReport() {
  const model = useAppState((state) => state.model);
  if (model.phase !== "ready") {
    return (
      <p className="engine-settings__note">
        {model.phase === "loading" ? "Loading…" : model.failure.message}
      </p>
    );
  }
  const { engine, timeMs, fromStore, fallback } = model.model;
  const calibration = Object.entries(engine.calibrationMs);
  return (
    <div className="engine-settings__report">
      {fallback && <p className="engine-settings__note">{fallback}</p>}
      <Facts
        facts={[
          ["In use", engine.label],
          ["Adapter", engine.adapter],
          ["Runs on", deviceNames[engine.device]],
          ["Package", `${fromStore ? "from this browser’s store" : "fetched"} in ${formatMs(timeMs.fetch)}`],
          ["Checked in", formatMs(timeMs.check)],
          ["Engine set up in", formatMs(timeMs.engine)],
          ...calibration.map(([kernel, ms]) => [`Timed ${kernel}`, formatMs(ms)] as const),
        ]}
      />
    </div>
  );
}
