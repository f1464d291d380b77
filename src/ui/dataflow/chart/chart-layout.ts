import type { Pipeline } from "../model/pipeline";
import type { FrameStay } from "./frame-lanes";
import type { CycleRange } from "./occupancy";

/** Where the parts of the chart stand, in CSS pixels. */
export interface ChartLayout {
  readonly left: number;
  readonly width: number;
  readonly lanesTop: number;
  readonly laneHeight: number;
  readonly rowsTop: number;
  readonly rowHeight: number;
  readonly rowsHeight: number;
  readonly height: number;
}

/** So many frames fill the chart, unless all are to be seen. */
const framesAtOnce = 3;

export function chartLayout(machines: number, lanes: number, width: number): ChartLayout {
  const left = 52;
  const laneHeight = 15;
  const rowsTop = lanes * laneHeight + 8;
  const rowHeight = Math.max(3, Math.min(6, Math.floor(430 / machines)));
  const rowsHeight = machines * rowHeight;
  return {
    left,
    width: Math.max(1, width - left - 1),
    lanesTop: 0,
    laneHeight,
    rowsTop,
    rowHeight,
    rowsHeight,
    height: rowsTop + rowsHeight + 22,
  };
}

/** The cycles on the chart: all, or the page of some frames that has the shown cycle. */
export function chartRange({ simulation }: Pipeline, cycle: number, all: boolean): CycleRange {
  const { cycles, frames } = simulation;
  const length = (frames[framesAtOnce - 1]?.lastOut ?? cycles - 1) + 1;
  if (all || length >= cycles) return { from: 0, to: cycles };
  const from = Math.floor(cycle / length) * length;
  return { from, to: from + length };
}

export const xOf = ({ left, width }: ChartLayout, { from, to }: CycleRange, cycle: number): number =>
  left + ((cycle - from) / (to - from)) * width;

export function cycleAt({ left, width }: ChartLayout, { from, to }: CycleRange, x: number): number {
  return Math.floor(from + ((x - left) / width) * (to - from));
}

/** The row under a height; null above and below the rows. */
export function rowAt({ rowsTop, rowHeight, rowsHeight }: ChartLayout, y: number): number | null {
  return y < rowsTop || y >= rowsTop + rowsHeight ? null : Math.floor((y - rowsTop) / rowHeight);
}

/** The part of a frame's stay that the chart shows; null if none. */
export function stayOnChart(layout: ChartLayout, range: CycleRange, { from, to }: FrameStay) {
  const [begin, end] = [Math.max(from, range.from), Math.min(to + 1, range.to)];
  return begin < end ? { x: xOf(layout, range, begin), end: xOf(layout, range, end) } : null;
}
