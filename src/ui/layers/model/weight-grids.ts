import type { Constant } from "../../../graph/dataflow";
import type { Layer } from "./layer";

/** One channel's weights as they are drawn. */
export interface WeightGrid {
  /** For people; empty where there is but one grid. */
  readonly title: string;
  readonly rows: readonly (readonly number[])[];
}

/**
 * The weights of one channel as grids: a kernel for each input channel where there are few of them
 * (3 of RGB), otherwise one grid, whose cells are the inputs in their order, `columns` to a row.
 */
export function weightGrids(
  layers: readonly Layer[],
  index: number,
  channel: number,
  { data, shape }: Constant,
): WeightGrid[] {
  const count = shape[1] ?? data.length;
  const weights = Array.from(data.subarray(channel * count, (channel + 1) * count));
  const window = layers[index - 1]?.node?.window;
  if (!window) return [{ title: "", rows: inRows(weights, columnsFor(count)) }];
  const [, kernelWidth] = window.kernel;
  const inputs = count / (window.kernel[0] * kernelWidth);
  return Array.from({ length: inputs }, (_, input) => ({
    title: inputs === 1 ? "" : inputs === 3 ? (["Red", "Green", "Blue"][input] ?? "") : `Input ${input}`,
    // FINN: the window comes in the order (kh, kw, C).
    rows: inRows(
      weights.filter((_, i) => i % inputs === input),
      kernelWidth,
    ),
  }));
}

function inRows(values: readonly number[], columns: number): number[][] {
  return Array.from({ length: Math.ceil(values.length / columns) }, (_, row) =>
    values.slice(row * columns, (row + 1) * columns),
  );
}

/** About as wide as high; a power of two, as channels are. */
const columnsFor = (count: number): number => 2 ** Math.ceil(Math.log2(Math.max(1, count)) / 2);
