import type { IntegerArray } from "../../../graph/dataflow";
import type { Layer } from "./layer";

/** Integers of a layer where they lie: value (y, x, c) is at `offset + y*rowStride + x*columnStride + c`. */
export interface FeatureMap {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly data: IntegerArray;
  readonly offset: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

/** What was computed, by layer: the network's bytes and the outputs of nodes. Null: not there. */
export type Values = (layer: Layer) => IntegerArray | null;

/** The map of layer `index`; null while its values are not there. */
export function featureMap(layers: readonly Layer[], index: number, values: Values): FeatureMap | null {
  const layer = layers[index];
  if (!layer) return null;
  const { node, height, width, channels } = layer;
  if (node?.window) return middleOfWindows(layers, index, values);
  const data = values(layer);
  return (
    data && { height, width, channels, data, offset: 0, rowStride: width * channels, columnStride: channels }
  );
}

/** A view into the layer that the window slides over; the window's own output would hold each value many times. */
function middleOfWindows(layers: readonly Layer[], index: number, values: Values): FeatureMap | null {
  const layer = layers[index];
  const from = layers[index - 1];
  const window = layer?.node?.window;
  if (!layer || !window || !from || from.node?.window) return null;
  const under = featureMap(layers, index - 1, values);
  if (!under) return null;
  const [kernelHeight, kernelWidth] = window.kernel;
  const [down, right] = [
    Math.floor((kernelHeight - 1) / 2) * window.dilation[0],
    Math.floor((kernelWidth - 1) / 2) * window.dilation[1],
  ];
  return {
    height: layer.height,
    width: layer.width,
    channels: layer.channels,
    data: under.data,
    offset: down * under.rowStride + right * under.columnStride,
    rowStride: window.stride[0] * under.rowStride,
    columnStride: window.stride[1] * under.columnStride,
  };
}

/** Do both show the same integers in the same way? */
export function sameMap(a: FeatureMap | null, b: FeatureMap | null): boolean {
  if (a === null || b === null) return a === b;
  return (Object.keys(a) as (keyof FeatureMap)[]).every((key) => a[key] === b[key]);
}

export function valueAt(
  { data, offset, rowStride, columnStride }: FeatureMap,
  y: number,
  x: number,
  c: number,
): number {
  return data[offset + y * rowStride + x * columnStride + c] ?? 0;
}
