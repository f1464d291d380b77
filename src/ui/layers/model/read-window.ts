import { featureMap, type Values, valueAt } from "./feature-map";
import type { Layer } from "./layer";
import type { Pixel } from "./same-pixel";

/** One channel of the window that a sliding window puts out at a pixel, by rows; null for other layers. */
export function readWindow(
  layers: readonly Layer[],
  index: number,
  channel: number,
  { row, column }: Pixel,
  values: Values,
): number[][] | null {
  const window = layers[index]?.node?.window;
  const under = window && featureMap(layers, index - 1, values);
  if (!window || !under) return null;
  const { kernel, stride, dilation } = window;
  return Array.from({ length: kernel[0] }, (_, ky) =>
    Array.from({ length: kernel[1] }, (_, kx) =>
      valueAt(under, row * stride[0] + ky * dilation[0], column * stride[1] + kx * dilation[1], channel),
    ),
  );
}
