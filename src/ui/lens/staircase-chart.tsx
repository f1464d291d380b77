import type { Activation } from "../../graph/dataflow";
import { formatInteger } from "../kit/format";
import type { Lens } from "./model/lens";
import { climb } from "./model/staircase";
import { Num } from "./num";
import "./staircase-chart.css";

interface StaircaseChartProps {
  readonly lens: Lens;
  readonly node: number;
  readonly channel: number;
  readonly activation: Activation;
  readonly sum: number;
  /** Is the sum complete, so that the value goes out? */
  readonly isFinal: boolean;
}

const [width, height] = [240, 96];

/** A channel's thresholds as a staircase, and where the sum stands on it. */
export function StaircaseChart({ lens, node, channel, activation, sum, isFinal }: StaircaseChartProps) {
  const { thresholds, reached, value } = climb(activation, channel, sum);
  const low = Math.min(sum, thresholds[0] ?? sum, 0);
  const high = Math.max(sum, thresholds.at(-1) ?? sum, 0);
  const margin = Math.max(1, (high - low) * 0.06);
  const x = (at: number) => ((at - low + margin) / (high - low + 2 * margin)) * width;
  const y = (step: number) => height - (step / Math.max(1, thresholds.length)) * height;
  const path = thresholds.map((threshold, step) => `H${x(threshold)}V${y(step + 1)}`).join("");
  const words = `${formatInteger(sum)} reaches ${reached} of ${thresholds.length} thresholds`;
  return (
    <fieldset className="stage__part" data-tour="thresholds">
      <legend className="stage__label">
        Thresholds of channel {channel}: {words}
        {isFinal ? `, so ${formatInteger(value)} goes out.` : " so far."}
      </legend>
      <svg
        className="staircase-chart"
        viewBox={`-18 -6 ${width + 24} ${height + 22}`}
        role="img"
        aria-label={`Staircase of ${thresholds.length} thresholds from ${thresholds[0] ?? 0} to ${thresholds.at(-1) ?? 0}. ${words}.`}
      >
        <path className="staircase-chart__stairs" d={`M0 ${y(0)}${path}H${width}`} />
        <line className="staircase-chart__zero" x1={x(0)} x2={x(0)} y1={0} y2={height} />
        <line className="staircase-chart__sum" x1={x(sum)} x2={x(sum)} y1={y(reached)} y2={height} />
        <circle className="staircase-chart__sum" cx={x(sum)} cy={y(reached)} r={4.5} />
        <text x={x(sum)} y={height + 13} textAnchor="middle">
          {formatInteger(sum)}
        </text>
        <text x={-4} y={y(reached) + 3} textAnchor="end">
          {formatInteger(value)}
        </text>
      </svg>
      <div className="stage__numbers">
        {thresholds.map((_, step) => (
          <Num
            // biome-ignore lint/suspicious/noArrayIndexKey: a threshold is its step
            key={step}
            chain={lens.chain}
            before={lens.before}
            place={{ kind: "threshold", node, channel, step }}
            tone={step < reached ? "now" : "later"}
            size="small"
          />
        ))}
      </div>
    </fieldset>
  );
}
