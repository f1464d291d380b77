import type { Bin } from "./staircase";

interface StairsPlotInput {
  readonly thresholds: readonly number[];
  readonly actVal: number;
  readonly bins: readonly Bin[];
  /** Of the plot's area. */
  readonly width: number;
  readonly height: number;
}

interface StairsPlot {
  /** The staircase, from one side to the other. */
  readonly path: string;
  /** The accumulators' distribution, the fullest bin as high as the area. */
  readonly bars: string;
  x(accumulator: number): number;
  y(output: number): number;
  /** Accumulators to write on the axis: its ends, and zero if it is well between them. */
  readonly ticks: readonly number[];
}

/** Lays the staircase out on one axis with the accumulators: both lie in the area, with a step of room beside them. */
export function stairsPlot({ thresholds, actVal, bins, width, height }: StairsPlotInput): StairsPlot {
  const places = [...thresholds, ...bins.flatMap(({ from, to }) => [from, to])];
  const [low, high] = [Math.min(...places), Math.max(...places)];
  const room = Math.max(1, Math.round((high - low) / 40));
  const [left, right] = [low - room, high + room];
  const x = (accumulator: number) => round(((accumulator - left) / (right - left)) * width);
  const y = (output: number) => round(height - ((output - actVal) / Math.max(1, thresholds.length)) * height);
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const steps = thresholds.map((threshold, i) => `H${x(threshold)}V${y(actVal + i + 1)}`);
  const bars = bins
    .filter(({ count }) => count > 0)
    .map(
      ({ from, to, count }) =>
        `M${x(from)} ${height}V${round(height - (count / most) * height)}H${x(to)}V${height}Z`,
    );
  const zeroIsClear = left < 0 && right > 0 && Math.min(-left, right) > (right - left) * 0.12;
  return {
    path: `M0 ${height}${steps.join("")}H${width}`,
    bars: bars.join(""),
    x,
    y,
    ticks: zeroIsClear ? [left, 0, right] : [left, right],
  };
}

const round = (value: number): number => Math.round(value * 100) / 100;
