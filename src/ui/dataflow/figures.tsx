import { boards } from "../../hardware/boards";
import type { FoldingReport } from "../../hardware/folding-report";
import type { Simulation } from "../../simulator/result";
import { formatFps, formatInteger, formatMegahertz, formatMs } from "../kit/format";
import "./figures.css";

interface FiguresProps {
  /** Of the design in use. */
  readonly report: FoldingReport;
  /** Of the same; null until there is one. */
  readonly simulation: Simulation | null;
}

/** Latency, rate and what streaming gains, at the board's clock. */
export function Figures({ report, simulation }: FiguresProps) {
  const { clockNs, name } = boards[report.board];
  const { criticalPathCycles, maxCycles, throughputFps } = report.performance;
  const frames = simulation?.frames ?? [];
  const [first] = frames;
  const latency = first && first.lastOut - first.firstIn + 1;
  const [before, last] = frames.slice(-2);
  const interval = simulation?.steady?.interval ?? (before && last && last.lastOut - before.lastOut);
  const missing = (word: string) =>
    simulation ? (
      <strong>{word}</strong>
    ) : (
      <>
        <strong aria-hidden="true">…</strong>
        <span>being simulated</span>
      </>
    );
  const time = (cycles: number) => formatMs((cycles * clockNs) / 1e6);
  return (
    <dl className="figures" data-tour="figures">
      <div>
        <dt>First result</dt>
        <dd>
          {latency === undefined ? missing("none") : <strong>{time(latency)}</strong>}
          {latency !== undefined && <span>{formatInteger(latency)} cycles from its first pixel</span>}
        </dd>
      </div>
      <div>
        <dt>{simulation?.steady ? "Steady rate" : "Rate so far"}</dt>
        <dd>
          {interval ? <strong>{formatFps(1e9 / clockNs / interval)}</strong> : missing("not known")}
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
          <dt>
            One photo, on the {name} at {formatMegahertz(clockNs)}
          </dt>
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
