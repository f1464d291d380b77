import { type FeatureMap, featureMap, type Values } from "./feature-map";
import type { Layer } from "./layer";
import { axisSteps, fullSpan } from "./receptive-field";
import { type Pixel, samePixel } from "./same-pixel";
import { type Scale, scaleOf } from "./shades";

/** One layer on the way of a pixel. */
export interface PathStop {
  /** Number of the layer. */
  readonly at: number;
  readonly layer: Layer;
  readonly pixel: Pixel;
  /** Rows and columns of the network's input that the pixel sees, padding and all. */
  readonly fieldSize: { readonly rows: number; readonly columns: number };
  readonly map: FeatureMap;
  readonly scale: Scale;
  /** Channels that are not 0 there. */
  readonly notZero: number;
  /** The first of the channels with the highest value. */
  readonly highest: { readonly value: number; readonly channel: number };
}

/**
 * Where a pixel of one layer is in all layers that compute something. Paddings and sliding windows
 * hold what the layer before them holds, and label selection holds numbers of classes: they are left out.
 */
export function pixelPath(
  layers: readonly Layer[],
  picked: { readonly index: number; readonly pixel: Pixel },
  values: Values,
): PathStop[] {
  return layers.flatMap((layer, at) => {
    if (layer.node?.pad || layer.node?.window || layer.node?.kind === "LabelSelect") return [];
    const map = featureMap(layers, at, values);
    if (!map) return [];
    const pixel = samePixel(layers, picked.index, at, picked.pixel);
    const fieldSize = (axis: "rows" | "columns", position: number) => {
      const { first, last } = fullSpan(axisSteps(layers, at, axis), position);
      return last - first + 1;
    };
    return {
      at,
      layer,
      pixel,
      fieldSize: { rows: fieldSize("rows", pixel.row), columns: fieldSize("columns", pixel.column) },
      map,
      scale: scaleOf(layer.datatype, map),
      ...valuesAt(map, pixel),
    };
  });
}

function valuesAt(
  { data, offset, rowStride, columnStride, channels }: FeatureMap,
  { row, column }: Pixel,
): Pick<PathStop, "notZero" | "highest"> {
  const from = offset + row * rowStride + column * columnStride;
  const own = data.subarray(from, from + channels);
  let notZero = 0;
  let channel = 0;
  own.forEach((value, c) => {
    if (value !== 0) notZero++;
    if (value > own[channel]!) channel = c;
  });
  return { notZero, highest: { value: own[channel] ?? 0, channel } };
}
