import type { FeatureMap } from "./feature-map";
import type { Pixel } from "./same-pixel";

/** A cut-out of a map. */
export interface LoupeWindow {
  readonly top: number;
  readonly left: number;
  readonly rows: number;
  readonly columns: number;
}

/** As many positions as can be read as numbers. */
const side = 15;

/** Can all of the map be read as numbers? */
export const isSmall = ({ height, width }: Pick<FeatureMap, "height" | "width">): boolean =>
  height <= side && width <= side;

/** The cut-out around a pixel: the pixel in its middle, but nothing beyond the map's edge. */
export function loupeWindow(
  { height, width }: Pick<FeatureMap, "height" | "width">,
  pixel: Pixel,
): LoupeWindow {
  const rows = Math.min(side, height);
  const columns = Math.min(side, width);
  return {
    top: Math.min(height - rows, Math.max(0, pixel.row - (rows >> 1))),
    left: Math.min(width - columns, Math.max(0, pixel.column - (columns >> 1))),
    rows,
    columns,
  };
}
