import { tintOf } from "../model/frame-tint";
import type { Box } from "../model/layout";
import type { MachineState, StateShares } from "../model/machine-state";
import type { PipelineMachine } from "../model/pipeline";
import type { Palette } from "../palette";

export interface MachinePicture {
  readonly machine: PipelineMachine;
  readonly box: Box;
  readonly shares: StateShares | null;
  readonly state: MachineState | null;
  /** From 0. */
  readonly frame: number | null;
  readonly soFar: StateShares | null;
  readonly palette: Palette;
  /** Near enough for small print. */
  readonly detailed: boolean;
  readonly isSelected: boolean;
  /** Is it the bottleneck, or what holds the bottleneck up? */
  readonly mark: "limit" | "holds-up" | null;
}

const radius = 4;
const meterHeight = 5;

/**
 * A machine: filled from the left in the tint of its frame as far as it is busy, striped from the
 * right as far as it is blocked, a sign for its state, and below a bar of its time in this frame.
 */
export function drawMachine(context: CanvasRenderingContext2D, picture: MachinePicture): void {
  const { machine, box, shares, state, frame, palette, detailed } = picture;
  const { x, y, width, height } = box;
  const tint = palette.frames[tintOf(frame ?? 0)]!;
  context.save();
  context.beginPath();
  context.roundRect(x, y, width, height, radius);
  context.fillStyle = palette.paper;
  context.fill();
  context.save();
  context.clip();
  if (shares) {
    context.globalAlpha = 0.45;
    context.fillStyle = tint;
    context.fillRect(x, y, width * shares.busy, height);
    context.globalAlpha = 1;
    stripes(context, box, width * shares.blocked, palette.danger);
  }
  meter(context, picture, tint);
  context.restore();
  // The stripes left a path of their own.
  context.beginPath();
  context.roundRect(x, y, width, height, radius);
  context.setLineDash(state === "busy" || state === "blocked" ? [] : [3, 2]);
  context.strokeStyle = state === "busy" ? tint : state === "blocked" ? palette.danger : palette.lineStrong;
  context.lineWidth = state === "starved" || state === null ? 1 : 1.75;
  context.stroke();
  context.setLineDash([]);

  context.fillStyle = palette.ink;
  context.font = `600 10.5px ${palette.font}`;
  context.textBaseline = "middle";
  context.textAlign = "left";
  const middle = y + (height - meterHeight) / 2 + (detailed ? -3 : 0.5);
  context.fillText(machine.label, x + 6, middle);
  if (state) sign(context, state, x + width - 11, y + (height - meterHeight) / 2, palette);
  const small = smallPrint(machine);
  if (detailed && small) {
    context.fillStyle = palette.ink;
    context.font = `5.5px ${palette.font}`;
    context.fillText(small, x + 6, middle + 9);
  }
  if (picture.isSelected) {
    context.strokeStyle = palette.focus;
    context.lineWidth = 2;
    context.beginPath();
    context.roundRect(x - 3.5, y - 3.5, width + 7, height + 7, radius + 3);
    context.stroke();
  }
  if (picture.mark) mark(context, picture.mark, box, palette);
  context.restore();
}

/** The shares of the frame so far: busy in the tint, blocked in red, starved empty. */
function meter(
  context: CanvasRenderingContext2D,
  { box, soFar, palette }: MachinePicture,
  tint: string,
): void {
  const { x, y, width, height } = box;
  const top = y + height - meterHeight;
  context.fillStyle = palette.sunken;
  context.fillRect(x, top, width, meterHeight);
  if (!soFar) return;
  context.fillStyle = tint;
  context.fillRect(x, top, width * soFar.busy, meterHeight);
  context.fillStyle = palette.danger;
  context.fillRect(x + width * soFar.busy, top, width * soFar.blocked, meterHeight);
}

function stripes(
  context: CanvasRenderingContext2D,
  { x, y, width, height }: Box,
  length: number,
  color: string,
) {
  if (length <= 0) return;
  context.save();
  context.beginPath();
  context.rect(x + width - length, y, length, height);
  context.clip();
  context.strokeStyle = color;
  context.globalAlpha = 0.5;
  context.lineWidth = 2;
  context.beginPath();
  for (let at = x - height; at < x + width; at += 6) {
    context.moveTo(at, y + height);
    context.lineTo(at + height, y);
  }
  context.stroke();
  context.restore();
}

/** Busy: an arrow. Starved: an empty ring. Blocked: two bars. Around (x, y). */
function sign(
  context: CanvasRenderingContext2D,
  state: MachineState,
  x: number,
  y: number,
  palette: Palette,
) {
  context.beginPath();
  switch (state) {
    case "busy":
      context.moveTo(x - 3.5, y - 4);
      context.lineTo(x + 4, y);
      context.lineTo(x - 3.5, y + 4);
      context.fillStyle = palette.ink;
      return context.fill();
    case "starved":
      context.arc(x, y, 3, 0, 2 * Math.PI);
      context.lineWidth = 1.25;
      context.strokeStyle = palette.inkSoft;
      return context.stroke();
    case "blocked":
      context.rect(x - 3.5, y - 4, 2.5, 8);
      context.rect(x + 1, y - 4, 2.5, 8);
      context.fillStyle = palette.danger;
      return context.fill();
  }
}

function mark(context: CanvasRenderingContext2D, kind: "limit" | "holds-up", box: Box, palette: Palette) {
  const { x, y, width, height } = box;
  context.strokeStyle = palette.danger;
  context.lineWidth = 2;
  context.setLineDash(kind === "limit" ? [] : [4, 3]);
  context.beginPath();
  context.roundRect(x - 1, y - 1, width + 2, height + 2, radius + 1);
  context.stroke();
  context.setLineDash([]);
  context.font = `700 8px ${palette.font}`;
  const text = kind === "limit" ? "LIMIT" : "HOLDS UP";
  const flag = context.measureText(text).width + 8;
  context.fillStyle = palette.danger;
  context.beginPath();
  context.roundRect(x + width - flag + 2, y - 10, flag, 11, 3);
  context.fill();
  context.fillStyle = palette.paper;
  context.textAlign = "center";
  context.fillText(text, x + width - flag / 2 + 2, y - 4);
}

/** PE and SIMD, or what a converter makes of its beats. */
function smallPrint({ node, converter }: PipelineMachine): string | null {
  if (converter) return `${converter.input.bits} → ${converter.output.bits} bit`;
  if (!node) return null;
  const { folding } = node;
  const parts = [
    "PE" in folding ? `PE ${folding.PE}` : null,
    "SIMD" in folding ? `SIMD ${folding.SIMD}` : null,
  ].filter((part) => part !== null);
  return parts.length > 0 ? parts.join(" · ") : null;
}
