import { groupMoment } from "../model/describe-moment";
import { tintOf } from "../model/frame-tint";
import type { MapLayout } from "../model/layout";
import { titleHeight } from "../model/layout";
import { frameAt, sharesAt, soFar, stateOf } from "../model/machine-state";
import type { Moment } from "../model/moment";
import type { Pipeline } from "../model/pipeline";
import type { Viewport } from "../model/viewport";
import type { Palette } from "../palette";
import { drawMachine } from "./draw-machine";
import { drawPipe } from "./draw-pipe";

export interface MapPicture {
  readonly pipeline: Pipeline;
  readonly layout: MapLayout;
  readonly view: Viewport;
  /** Null while there is no trace: the machines stand still. */
  readonly moment: Moment | null;
  readonly palette: Palette;
  /** Name of the selected machine. */
  readonly selected: string | null;
}

/** Draws the accelerator in a moment into a context whose unit is a CSS pixel. */
export function drawMap(context: CanvasRenderingContext2D, picture: MapPicture): void {
  const { pipeline, layout, view, moment, palette, selected } = picture;
  const bottleneck = pipeline.simulation.steady?.bottleneck;
  const full = new Set(bottleneck?.fullStreams);
  context.save();
  context.scale(view.zoom, view.zoom);
  context.translate(-view.left, -view.top);
  for (const [i, frame] of layout.frames.entries()) {
    const group = pipeline.groups[i]!;
    context.fillStyle = palette.surface;
    context.strokeStyle = palette.line;
    context.lineWidth = 1;
    context.beginPath();
    context.roundRect(frame.x, frame.y, frame.width, frame.height, 6);
    context.fill();
    context.stroke();
    context.fillStyle = group.isBlock ? palette.ink : palette.inkSoft;
    context.font = `600 11px ${palette.font}`;
    context.textAlign = "left";
    context.textBaseline = "middle";
    context.fillText(group.title, frame.x + 8, frame.y + titleHeight / 2);
    if (moment) {
      const { frames } = groupMoment(pipeline, moment, group);
      for (const [k, number] of frames.slice(0, 3).entries()) {
        context.fillStyle = palette.frames[tintOf(number - 1)]!;
        context.beginPath();
        context.roundRect(frame.x + frame.width - 15 - k * 10, frame.y + titleHeight / 2 - 4, 8, 8, 2);
        context.fill();
      }
    }
  }
  const detailed = view.zoom >= 1.5;
  for (const [i, points] of layout.pipes.entries()) {
    const stream = pipeline.simulation.streams[i]!;
    drawPipe(context, { points, stream, index: i, moment, palette, detailed, isFull: full.has(stream.name) });
  }
  for (const machine of pipeline.machines) {
    const shares = moment && sharesAt(moment, machine);
    drawMachine(context, {
      machine,
      box: layout.machines[machine.index]!,
      shares,
      state: shares && stateOf(shares),
      frame: moment && frameAt(moment, machine),
      soFar: moment && soFar(moment, machine),
      palette,
      detailed,
      isSelected: machine.name === selected,
      mark:
        machine.name === bottleneck?.machine
          ? "limit"
          : machine.name === bottleneck?.heldUpBy
            ? "holds-up"
            : null,
    });
  }
  context.restore();
}
