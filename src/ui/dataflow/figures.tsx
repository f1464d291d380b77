import { boards } from "../../hardware/boards";
import { formatFps, formatInteger, formatMs } from "../kit/format";
import type { Pipeline } from "./model/pipeline";
import "./figures.css";

/** Latency, rate and what streaming gains, at the board's clock. */
export function Figures({ pipeline }: { readonly pipeline: Pipeline }) {
  const { design, simulation } = pipeline;
  const { clockNs, name } = boards[design.board];
  const { criticalPathCycles, maxCycles, throughputFps } = design.report.performance;
  const [first] = simulation.frames;
  const latency = first && first.lastOut - first.firstIn + 1;
  const [before, last] = simulation.frames.slice(-2);
  const interval = simulation.steady?.interval ?? (before && last && last.lastOut - before.lastOut);
  const time = (cycles: number) => formatMs((cycles * clockNs) / 1e6);
  return (
    <dl className="figures" data-tour="figures">
      <div>
        <dt>First result</dt>
        <dd>
          <strong>{latency === undefined ? "none" : time(latency)}</strong>
          {latency !== undefined && <span>{formatInteger(latency)} cycles from its first pixel</span>}
        </dd>
      </div>
      <div>
        <dt>{simulation.steady ? "Steady rate" : "Rate so far"}</dt>
        <dd>
          <strong>{interval ? formatFps(1e9 / clockNs / interval) : "not known"}</strong>
          {interval && <span>a result every {formatInteger(interval)} cycles</span>}
        </dd>
      </div>
      <div>
        <dt>Estimate</dt>
        <dd>
          <strong>{formatFps(throughputFps)}</strong>
          <span>
            {formatInteger(maxCycles)} cycles{interval ? `; simulated ${times(interval / maxCycles)}` : ""}
          </span>
        </dd>
      </div>
      {latency !== undefined && (
        <div className="figures__pair">
          <dt>One photo, on the {name}</dt>
          <dd>
            <Bar
              words={`streamed ${time(latency)}`}
              share={Math.min(1, latency / criticalPathCycles)}
              isStreamed
            />
            <Bar
              words={`layer after layer ${time(criticalPathCycles)}`}
              share={Math.min(1, criticalPathCycles / latency)}
            />
          </dd>
        </div>
      )}
    </dl>
  );
}

interface BarProps {
  readonly words: string;
  readonly share: number;
  readonly isStreamed?: boolean;
}

function Bar({ words, share, isStreamed = false }: BarProps) {
  return (
    <span className="figures__bar" data-streamed={isStreamed || undefined}>
      <span className="figures__length" style={{ width: `${share * 100}%` }} aria-hidden="true" />
      <span>{words}</span>
    </span>
  );
}

/** "as estimated", "1.6 % slower". */
function times(ratio: number): string {
  const percent = Math.abs(ratio - 1) * 100;
  if (percent < 0.05) return "the same";
  return `${percent.toFixed(1)} % ${ratio > 1 ? "slower" : "faster"}`;
}
