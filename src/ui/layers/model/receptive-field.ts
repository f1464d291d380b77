import type { Layer } from "./layer";

/** Positions from `first` to `last`, both of them. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** What one position of a layer sees of the network's input, along one axis. */
export interface AxisField {
  /** As if the input went on for ever: it may begin below 0 and end beyond the input. */
  readonly full: Span;
  /** What there really is: positions in a padding see nothing. Null: it sees zeros only. */
  readonly seen: Span | null;
}

export interface ReceptiveField {
  readonly rows: AxisField;
  readonly columns: AxisField;
}

/** How one layer moves along one axis over the one before it. */
export type AxisStep =
  | { readonly kind: "same" }
  /** Zeros before and after `size` positions. */
  | { readonly kind: "pad"; readonly before: number; readonly size: number }
  | { readonly kind: "window"; readonly kernel: number; readonly stride: number; readonly dilation: number }
  /** Every output sees all `size` positions, as after flattening. */
  | { readonly kind: "all"; readonly size: number };

/** What the pixel (`row`, `column`) of layer `index` sees of the network's input. */
export function receptiveField(
  layers: readonly Layer[],
  index: number,
  row: number,
  column: number,
): ReceptiveField {
  return {
    rows: axisField(axisSteps(layers, index, "rows"), row),
    columns: axisField(axisSteps(layers, index, "columns"), column),
  };
}

/** The steps from the input to layer `index`. */
export function axisSteps(layers: readonly Layer[], index: number, axis: "rows" | "columns"): AxisStep[] {
  return layers.slice(1, index + 1).map((layer, i) => axisStep(layers[i] ?? layer, layer, axis));
}

/** Rows and columns do not mix, so each axis is a chain of its own, walked from the layer back to the input. */
export function axisField(steps: readonly AxisStep[], position: number): AxisField {
  let seen: readonly number[] = [position];
  for (const step of steps.toReversed()) seen = positionsBefore(step, seen);
  const [first] = seen;
  const last = seen.at(-1);
  const full = fullSpan(steps, position);
  return { full, seen: first === undefined || last === undefined ? null : { first, last } };
}

/** What `axisField` has as `full`; quick, for asking it of every layer. */
export function fullSpan(steps: readonly AxisStep[], position: number): Span {
  return steps.reduceRight<Span>((span, step) => spanBefore(step, span), { first: position, last: position });
}

function axisStep(from: Layer, { node, ...to }: Layer, axis: "rows" | "columns"): AxisStep {
  const at = axis === "rows" ? 0 : 1;
  const side = axis === "rows" ? "height" : "width";
  if (node?.pad)
    return { kind: "pad", before: axis === "rows" ? node.pad.top : node.pad.left, size: from[side] };
  if (node?.window) {
    const { kernel, stride, dilation } = node.window;
    return { kind: "window", kernel: kernel[at], stride: stride[at], dilation: dilation[at] };
  }
  return from[side] === to[side] ? { kind: "same" } : { kind: "all", size: from[side] };
}

function spanBefore(step: AxisStep, { first, last }: Span): Span {
  switch (step.kind) {
    case "same":
      return { first, last };
    case "pad":
      return { first: first - step.before, last: last - step.before };
    case "window":
      return { first: first * step.stride, last: last * step.stride + (step.kernel - 1) * step.dilation };
    case "all":
      return { first: 0, last: step.size - 1 };
  }
}

/** Ascending, each once. Sets and not spans: a stride beyond the kernel, or a dilation, leaves gaps. */
function positionsBefore(step: AxisStep, positions: readonly number[]): readonly number[] {
  switch (step.kind) {
    case "same":
      return positions;
    case "pad":
      return positions
        .map((position) => position - step.before)
        .filter((position) => position >= 0 && position < step.size);
    case "window": {
      const under = new Set<number>();
      for (const position of positions) {
        for (let k = 0; k < step.kernel; k++) under.add(position * step.stride + k * step.dilation);
      }
      return [...under].sort((a, b) => a - b);
    }
    case "all":
      return positions.length > 0 ? Array.from({ length: step.size }, (_, i) => i) : [];
  }
}
