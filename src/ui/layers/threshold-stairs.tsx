import { useMemo, useRef } from "react";
import type { Constant } from "../../graph/dataflow";
import { formatInteger } from "../kit/format";
import { SavePicture } from "../kit/save-picture/save-picture";
import { accumulators } from "./model/accumulators";
import { describeStairs } from "./model/describe-stairs";
import { accumulatorBins, stairOf } from "./model/staircase";
import { stairsPlot } from "./model/stairs-plot";
import type { Look } from "./use-look";
import "./threshold-stairs.css";

interface ThresholdStairsProps {
  readonly look: Look;
  /** The layer that adds up, and what by; null where its sums cannot be had. */
  readonly sums: { readonly index: number; readonly weights: Constant } | null;
  readonly thresholds: Constant;
  readonly actVal: number;
}

const width = 480;
const height = 220;

/** How the channel's accumulators become its few output values, and where this photo's accumulators fall. */
export function ThresholdStairs({ look, sums: adder, thresholds, actVal }: ThresholdStairsProps) {
  const { layers, layer, channel, pixel, values } = look;
  const { index, weights } = adder ?? { index: 0, weights: null };
  const part = useRef<HTMLElement>(null);
  const steps = thresholds.shape[1] ?? 0;
  const own = useMemo(
    () => Array.from(thresholds.data.subarray(channel * steps, (channel + 1) * steps)),
    [thresholds, channel, steps],
  );
  const sums = useMemo(
    () => weights && accumulators(layers, index, channel, weights, values),
    [layers, index, channel, weights, values],
  );
  const bins = useMemo(() => (sums ? accumulatorBins(sums, 60) : []), [sums]);
  const { path, bars, x, y, ticks } = stairsPlot({ thresholds: own, actVal, bins, width, height });
  const here = sums?.[pixel.row * layer.width + pixel.column];
  const words = useMemo(() => describeStairs(own, actVal, sums), [own, actVal, sums]);
  return (
    <section ref={part} className="layers__part" aria-labelledby="stairs-heading">
      <div className="layers__part-head">
        <h3 id="stairs-heading">Thresholds of channel {channel}</h3>
        <SavePicture picture={part} name="Thresholds" of={`${layer.title} ${channel}`} description={words} />
      </div>
      <p className="layers__words">{words}</p>
      <svg
        className="threshold-stairs"
        viewBox={`-34 -10 ${width + 44} ${height + 44}`}
        role="img"
        aria-label={`Output against accumulator. ${words}`}
      >
        <path className="threshold-stairs__bars" d={bars} />
        <path className="threshold-stairs__axes" d={`M0 0V${height}H${width}`} />
        {ticks.map((tick, i) => (
          <text key={tick} x={x(tick)} y={height + 16} textAnchor={anchor(i, ticks.length)}>
            {formatInteger(tick)}
          </text>
        ))}
        <text x={width / 2} y={height + 32} textAnchor="middle">
          accumulator
        </text>
        {[actVal, actVal + steps].map((output) => (
          <text key={output} x={-6} y={y(output)} textAnchor="end" dominantBaseline="central">
            {output}
          </text>
        ))}
        <text transform={`translate(-22 ${height / 2}) rotate(-90)`} textAnchor="middle">
          output
        </text>
        <path className="threshold-stairs__stairs" d={path} />
        {here !== undefined && (
          <>
            <line className="threshold-stairs__here" x1={x(here)} x2={x(here)} y1={0} y2={height} />
            <circle
              className="threshold-stairs__here"
              cx={x(here)}
              cy={y(stairOf(own, here, actVal))}
              r={5}
            />
          </>
        )}
      </svg>
      {here !== undefined && (
        <p className="threshold-stairs__sum">
          Accumulator {formatInteger(here)} at row {pixel.row}, column {pixel.column}: {stairOf(own, here)} of{" "}
          {steps} thresholds reached, so it puts out{" "}
          <strong>{formatInteger(stairOf(own, here, actVal))}</strong>.
        </p>
      )}
    </section>
  );
}

/** The first and the last number stay within the picture. */
function anchor(i: number, count: number): "start" | "middle" | "end" {
  return i === 0 ? "start" : i === count - 1 ? "end" : "middle";
}
