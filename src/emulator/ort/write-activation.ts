import type { Activation } from "../../graph/dataflow";
import { int } from "../../onnx/attributes";
import { protoOf } from "../../onnx/element-type";
import type { OnnxBuilder } from "./onnx-builder";
import { fitStaircase, type InputRange, type Staircase } from "./staircase";

/**
 * How an activation is written: as a line with a floor (a multiplication, an addition, a floor
 * and a clip for any number of steps), or as comparisons with every threshold.
 */
export type ActivationForm = "line" | "comparisons";

/** Values of the largest comparison at once: 16 MB of floats. */
const LARGEST_COMPARISON = 2 ** 22;

/** Element-wise over channels of a `[1, C, H, W]` tensor. */
export interface ActivationSite {
  readonly tensor: string;
  readonly shape: readonly number[];
  /** What the tensor's integers can be. */
  readonly range: InputRange;
  /** Name of the tensor to make. */
  readonly output: string;
}

/** Writes thresholds exactly: lines if every channel has one that is proven, else comparisons. */
export function writeActivation(
  builder: OnnxBuilder,
  activation: Activation,
  site: ActivationSite,
): ActivationForm {
  const rows = thresholdRows(activation);
  const lines = rows.map((row) => fitStaircase(row, activation.actVal, site.range));
  if (lines.every((line) => line !== null)) {
    writeLines(builder, lines, site);
    return "line";
  }
  writeComparisons(builder, rows, activation.actVal, site);
  return "comparisons";
}

/** The thresholds of each channel. */
export function thresholdRows({ thresholds }: Activation): number[][] {
  const [channels = 0, steps = 0] = thresholds.shape;
  return Array.from({ length: channels }, (_, channel) =>
    Array.from(thresholds.data.subarray(channel * steps, (channel + 1) * steps)),
  );
}

function writeLines(builder: OnnxBuilder, lines: readonly Staircase[], site: ActivationSite): void {
  const perChannel = (value: keyof Staircase) =>
    builder.floats(
      [1, lines.length, 1, 1],
      lines.map((line) => line[value]),
    );
  const scaled = builder.op("Mul", [site.tensor, perChannel("scale")]);
  const line = builder.op("Add", [scaled, perChannel("offset")]);
  const stairs = builder.op("Floor", [line]);
  const [first] = lines;
  if (first && lines.every(({ low, high }) => low === first.low && high === first.high)) {
    builder.op(
      "Clip",
      [stairs, builder.floats([], [first.low]), builder.floats([], [first.high])],
      {},
      site.output,
    );
  } else {
    builder.op("Min", [builder.op("Max", [stairs, perChannel("low")]), perChannel("high")], {}, site.output);
  }
}

/**
 * Counts the thresholds reached. They lie along the batch dimension, so that a comparison
 * `[1, C, H, W] >= [steps, C, 1, 1]` takes many at once; as many as memory allows.
 */
function writeComparisons(
  builder: OnnxBuilder,
  rows: readonly number[][],
  actVal: number,
  { tensor, shape, range, output }: ActivationSite,
): void {
  const steps = rows[0]?.length ?? 0;
  const values = shape.reduce((product, dim) => product * dim);
  const slice = Math.max(1, Math.floor(LARGEST_COMPARISON / values));
  // What lies beyond the range decides nothing, but might not be a float32.
  const within = (threshold: number) => Math.min(Math.max(threshold, range.min), range.max + 1);
  let count = builder.floats([1, 1, 1, 1], [actVal]);
  for (let from = 0; from < steps; from += slice) {
    const to = Math.min(steps, from + slice);
    const thresholds: number[] = [];
    for (let step = from; step < to; step++) thresholds.push(...rows.map((row) => within(row[step] ?? 0)));
    const slab = builder.floats([to - from, rows.length, 1, 1], thresholds);
    const reached = builder.op("GreaterOrEqual", [tensor, slab]);
    const ones = builder.op("Cast", [reached], { to: int(protoOf("float32")) });
    const sum = builder.op("ReduceSum", [ones, builder.integers(0)], { keepdims: int(1) });
    count = builder.op("Add", [sum, count], {}, to === steps ? output : undefined);
  }
}
