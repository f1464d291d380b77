import { formatCount } from "../../kit/format";
import { tintOf } from "../model/frame-tint";
import type { Pipeline } from "../model/pipeline";
import type { Palette } from "../palette";
import { type ChartLayout, stayOnChart, xOf } from "./chart-layout";
import type { FrameStay } from "./frame-lanes";
import { niceTicks } from "./nice-ticks";
import type { CycleRange } from "./occupancy";

export interface ChartPicture {
  readonly pipeline: Pipeline;
  readonly layout: ChartLayout;
  readonly range: CycleRange;
  readonly stays: readonly FrameStay[];
  /** A row of pixels a machine. */
  readonly occupancy: CanvasImageSource;
  readonly cycle: number;
  readonly selected: string | null;
  readonly palette: Palette;
}

/** Draws machines by time into a context whose unit is a CSS pixel. */
export function drawChart(context: CanvasRenderingContext2D, picture: ChartPicture): void {
  const { layout, occupancy, palette } = picture;
  context.save();
  context.textBaseline = "middle";
  drawStays(context, picture);
  context.imageSmoothingEnabled = false;
  context.drawImage(occupancy, layout.left, layout.rowsTop, layout.width, layout.rowsHeight);
  drawGroups(context, picture);
  drawTicks(context, picture);
  drawMarks(context, picture);
  const x = Math.round(xOf(layout, picture.range, picture.cycle)) + 0.5;
  context.strokeStyle = palette.ink;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(x, 0);
  context.lineTo(x, layout.rowsTop + layout.rowsHeight);
  context.stroke();
  context.restore();
}

/** Each frame's way from its first pixel in to its result. */
function drawStays(context: CanvasRenderingContext2D, { layout, range, stays, palette }: ChartPicture): void {
  context.font = `600 10.5px ${palette.font}`;
  for (const stay of stays) {
    const part = stayOnChart(layout, range, stay);
    if (!part) continue;
    const y = layout.lanesTop + stay.lane * layout.laneHeight;
    const width = Math.max(1, part.end - part.x - 1);
    context.save();
    context.beginPath();
    context.roundRect(part.x, y + 1, width, layout.laneHeight - 3, 3);
    context.globalAlpha = 0.45;
    context.fillStyle = palette.frames[tintOf(stay.frame)]!;
    context.fill();
    context.globalAlpha = 1;
    context.clip();
    context.fillStyle = palette.ink;
    context.textAlign = "left";
    context.fillText(`Frame ${stay.frame + 1}`, part.x + 5, y + layout.laneHeight / 2);
    context.restore();
  }
}

function drawGroups(context: CanvasRenderingContext2D, { pipeline, layout, palette }: ChartPicture): void {
  context.font = `10px ${palette.font}`;
  context.textAlign = "right";
  for (const { title, first, last } of pipeline.groups) {
    const top = layout.rowsTop + first * layout.rowHeight;
    const height = (last - first + 1) * layout.rowHeight;
    context.fillStyle = palette.line;
    context.fillRect(0, top, layout.left + layout.width, 1);
    context.fillStyle = palette.inkSoft;
    if (height >= 10) context.fillText(title, layout.left - 8, top + height / 2 + 0.5);
  }
}

function drawTicks(context: CanvasRenderingContext2D, { layout, range, palette }: ChartPicture): void {
  const bottom = layout.rowsTop + layout.rowsHeight;
  context.font = `10px ${palette.font}`;
  context.textAlign = "center";
  for (const tick of niceTicks(range.from, range.to, Math.max(2, layout.width / 110))) {
    const x = Math.round(xOf(layout, range, tick)) + 0.5;
    context.fillStyle = palette.lineStrong;
    context.fillRect(x, bottom, 1, 4);
    const text = tick === 0 ? "cycle 0" : formatCount(tick);
    const half = context.measureText(text).width / 2;
    const at = Math.min(layout.left + layout.width - half, Math.max(layout.left + half - 20, x));
    context.fillStyle = palette.inkSoft;
    context.fillText(text, at, bottom + 13);
  }
}

/** The bottleneck's row and the selected one, at both ends. */
function drawMarks(context: CanvasRenderingContext2D, picture: ChartPicture): void {
  const { pipeline, layout, selected, palette } = picture;
  const limit = pipeline.simulation.steady?.bottleneck.machine;
  for (const { name, index } of pipeline.machines) {
    const color = name === limit ? palette.danger : name === selected ? palette.focus : null;
    if (!color) continue;
    const y = layout.rowsTop + index * layout.rowHeight;
    context.strokeStyle = color;
    context.lineWidth = 1.5;
    context.strokeRect(layout.left - 0.75, y - 0.75, layout.width + 1, layout.rowHeight + 1.5);
    context.fillStyle = color;
    context.beginPath();
    context.moveTo(layout.left - 7, y + layout.rowHeight / 2 - 4);
    context.lineTo(layout.left - 1, y + layout.rowHeight / 2);
    context.lineTo(layout.left - 7, y + layout.rowHeight / 2 + 4);
    context.fill();
  }
}
