import type { Classification } from "../../workers/emulator-api";
import { useAppState } from "../app-context";
import { deviceNames } from "../kit/engine-names";
import { Facts } from "../kit/facts";
import { formatMs } from "../kit/format";
import "./measurements.css";

/** What the result took and on what it was computed. All of it measured, or told by the engine. */
export function Measurements({ classification }: { readonly classification: Classification }) {
  const { engine, prepareMs, runMs } = classification;
  const fallback = useAppState(({ model }) => (model.phase === "ready" ? model.model.fallback : null));
  const variants = Object.entries(engine.variants);
  return (
    <div className="measurements">
      <dl className="measurements__times">
        <div>
          <dt>Network</dt>
          <dd>{formatMs(runMs)}</dd>
        </div>
        <div>
          <dt>Decode, resize, crop</dt>
          <dd>{formatMs(prepareMs)}</dd>
        </div>
      </dl>
      <Facts
        facts={[
          ["Engine", engine.label],
          ["Adapter", engine.adapter],
          ["Runs on", deviceNames[engine.device]],
          ["Kernels", variants.length > 0 ? variants.map((variant) => variant.join(": ")).join(", ") : null],
        ]}
      />
      {fallback && (
        <p className="measurements__fallback">
          <strong>Not on WebGPU.</strong> {fallback}
        </p>
      )}
    </div>
  );
}
