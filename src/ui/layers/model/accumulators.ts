import type { Constant } from "../../../graph/dataflow";
import { type FeatureMap, featureMap, type Values } from "./feature-map";
import { type Layer, mapSize } from "./layer";

/** Where the inputs of one output channel lie: input i of pixel (y, x) at `offsets[i]` from the pixel's own place. */
interface Inputs {
  readonly map: FeatureMap;
  readonly offsets: Int32Array;
  readonly rowStride: number;
  readonly columnStride: number;
}

/**
 * The sums of one channel of an MVAU or VVAU before its thresholds, row by row: every input times
 * its weight. Null while the layer before is not there, and for other kinds.
 */
export function accumulators(
  layers: readonly Layer[],
  index: number,
  channel: number,
  weights: Constant,
  values: Values,
): Int32Array | null {
  const layer = layers[index];
  const inputs = layer && inputsOf(layers, index, channel, values);
  if (!inputs) return null;
  const { map, offsets, rowStride, columnStride } = inputs;
  const { data } = map;
  const count = offsets.length;
  const row = weights.data.subarray(channel * count, (channel + 1) * count);
  const sums = new Int32Array(layer.height * layer.width);
  for (let y = 0, to = 0; y < layer.height; y++) {
    for (let x = 0; x < layer.width; x++, to++) {
      const from = map.offset + y * rowStride + x * columnStride;
      let sum = 0;
      for (let i = 0; i < count; i++) sum += row[i]! * data[from + offsets[i]!]!;
      sums[to] = sum;
    }
  }
  return sums;
}

function inputsOf(layers: readonly Layer[], index: number, channel: number, values: Values): Inputs | null {
  const layer = layers[index];
  const before = layers[index - 1];
  if (!layer?.node || !before || (layer.node.kind !== "MVAU" && layer.node.kind !== "VVAU")) return null;
  const depthwise = layer.node.kind === "VVAU";
  const window = before.node?.window;
  const map = featureMap(layers, window ? index - 2 : index - 1, values);
  if (!map) return null;
  const channels = depthwise ? [channel] : Array.from({ length: map.channels }, (_, c) => c);
  if (!window) {
    // A flattened map is one pixel of all its values, which lie one after the other.
    const flattened = mapSize(layer.node.inputShape).channels;
    const offsets = Int32Array.from({ length: depthwise ? 1 : flattened }, (_, i) =>
      depthwise ? channel : i,
    );
    return { map, offsets, rowStride: map.rowStride, columnStride: map.columnStride };
  }
  const offsets: number[] = [];
  for (let ky = 0; ky < window.kernel[0]; ky++) {
    for (let kx = 0; kx < window.kernel[1]; kx++) {
      const corner = ky * window.dilation[0] * map.rowStride + kx * window.dilation[1] * map.columnStride;
      for (const c of channels) offsets.push(corner + c);
    }
  }
  return {
    map,
    offsets: Int32Array.from(offsets),
    rowStride: window.stride[0] * map.rowStride,
    columnStride: window.stride[1] * map.columnStride,
  };
}
