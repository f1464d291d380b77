import { useCallback } from "react";
import type { FeatureMap } from "./model/feature-map";
import { colourTable, type Pixels, paintPixel } from "./model/paint-map";
import type { Pixel } from "./model/same-pixel";
import type { Scale } from "./model/shades";
import { usePainted } from "./use-painted";

interface PixelValuesProps {
  readonly map: FeatureMap;
  readonly scale: Scale;
  readonly pixel: Pixel;
}

/** All channels of one pixel as a strip of colours; the table's figures say what matters of it. */
export function PixelValues({ map, scale, pixel }: PixelValuesProps) {
  const paint = useCallback(
    (into: Pixels) => paintPixel(map, pixel.row, pixel.column, colourTable(scale), into),
    [map, scale, pixel.row, pixel.column],
  );
  const canvas = usePainted(map.channels, 1, paint);
  return (
    <div aria-hidden="true">
      <canvas ref={canvas} width={map.channels} height={1} />
    </div>
  );
}
