import type { StreamReport } from "../../../simulator/result";
import { tintOf } from "../model/frame-tint";
import type { Point } from "../model/layout";
import type { Moment } from "../model/moment";
import { partOfLine } from "../model/part-of-line";
import { fillAt } from "../model/stream-fill";
import type { Palette } from "../palette";

export interface PipePicture {
  readonly points: readonly Point[];
  readonly stream: StreamReport;
  readonly index: number;
  readonly moment: Moment | null;
  readonly palette: Palette;
  readonly detailed: boolean;
  /** Is it among the full streams that hold the bottleneck up? */
  readonly isFull: boolean;
}

/** A FIFO as a pipe, wider when it is deep: what it holds stands at its end, in the tints of the frames. */
export function drawPipe(context: CanvasRenderingContext2D, picture: PipePicture): void {
  const { points, stream, index, moment, palette, detailed, isFull } = picture;
  const bore = stream.isFifo ? Math.min(13, 3 + 0.8 * Math.log2(Math.max(2, stream.depth))) : 2;
  context.lineJoin = "miter";
  line(context, points, bore + 2, isFull ? palette.danger : palette.lineStrong);
  line(context, points, bore, palette.sunken);
  if (!moment) return;
  const fill = fillAt(moment, index, stream.beats);
  if (fill.held > 0) {
    const full = Math.min(1, fill.held / stream.depth);
    const first = (full * fill.ofFirstFrame) / fill.held;
    line(context, partOfLine(points, 1 - full, 1), bore, palette.frames[tintOf(fill.frame + 1)]!);
    line(context, partOfLine(points, 1 - first, 1), bore, palette.frames[tintOf(fill.frame)]!);
  }
  const cycles = moment.to - moment.from;
  beat(context, points[0]!, fill.written / cycles, palette);
  beat(context, points.at(-1)!, fill.read / cycles, palette);
  if (detailed && stream.isFifo) {
    const [x, y] = points[0]!;
    context.fillStyle = palette.inkSoft;
    context.font = `5.5px ${palette.font}`;
    context.textAlign = "left";
    context.fillText(`${fill.held}/${stream.depth}`, x + bore / 2 + 4, y + 12);
  }
}

/** A beat that moves here: the more often, the clearer. */
function beat(context: CanvasRenderingContext2D, [x, y]: Point, rate: number, palette: Palette): void {
  if (rate <= 0) return;
  context.save();
  context.globalAlpha = Math.min(1, 0.25 + 0.75 * rate);
  context.fillStyle = palette.ink;
  context.beginPath();
  context.arc(x, y, 2.25, 0, 2 * Math.PI);
  context.fill();
  context.restore();
}

function line(
  context: CanvasRenderingContext2D,
  points: readonly Point[],
  width: number,
  color: string,
): void {
  context.beginPath();
  for (const [i, [x, y]] of points.entries()) i === 0 ? context.moveTo(x, y) : context.lineTo(x, y);
  context.lineWidth = width;
  context.strokeStyle = color;
  context.stroke();
}
