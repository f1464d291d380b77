import type { Layer } from "./layer";
import { type AxisStep, axisSteps } from "./receptive-field";

export interface Pixel {
  readonly row: number;
  readonly column: number;
}

/** Where positions of a layer lie in the input: the middle of position i's receptive field is at `start + i*jump`. */
interface Centres {
  readonly start: number;
  readonly jump: number;
}

/**
 * The pixel of layer `to` that looks at the same place of the network's input as a pixel of layer
 * `from`: the one whose receptive field has its middle nearest. A layer's own pixel stays the same.
 */
export function samePixel(layers: readonly Layer[], from: number, to: number, { row, column }: Pixel): Pixel {
  const move = (axis: "rows" | "columns", size: number, position: number) =>
    nearest(
      centres(axisSteps(layers, to, axis)),
      size,
      middle(centres(axisSteps(layers, from, axis)), position),
    );
  const { height = 1, width = 1 } = layers[to] ?? {};
  return { row: move("rows", height, row), column: move("columns", width, column) };
}

/** Composes the steps from the input up. A window's middle may lie between two positions. */
export function centres(steps: readonly AxisStep[]): Centres {
  let start = 0;
  let jump = 1;
  for (const step of steps) {
    if (step.kind === "pad") start -= step.before * jump;
    if (step.kind === "window") {
      start += (((step.kernel - 1) * step.dilation) / 2) * jump;
      jump *= step.stride;
    }
    if (step.kind === "all") {
      start += ((step.size - 1) / 2) * jump;
      jump *= step.size;
    }
  }
  return { start, jump };
}

const middle = ({ start, jump }: Centres, position: number): number => start + position * jump;

function nearest({ start, jump }: Centres, size: number, place: number): number {
  return Math.min(size - 1, Math.max(0, Math.round((place - start) / jump)));
}
