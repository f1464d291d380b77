import { useAppState } from "../app-context";
import { valueAt } from "./model/feature-map";
import { loupeWindow } from "./model/loupe-window";
import { NumberGrid } from "./number-grid";
import type { Shown } from "./use-counted";
import type { Look } from "./use-look";

interface LoupeProps {
  readonly look: Look;
  readonly shown: Shown;
}

/** The values around the pixel, as numbers. */
export function Loupe({ look, shown }: LoupeProps) {
  const { layer, channel, pixel } = look;
  const { map, scale } = shown;
  const setPixel = useAppState((state) => state.setPixel);
  const { top, left, rows, columns } = loupeWindow(map, pixel);
  const values = Array.from({ length: rows }, (_, y) =>
    Array.from({ length: columns }, (_, x) => valueAt(map, top + y, left + x, channel)),
  );
  const value = valueAt(map, pixel.row, pixel.column, channel);
  const place = `rows ${top} to ${top + rows - 1}, columns ${left} to ${left + columns - 1}`;
  return (
    <NumberGrid
      rows={values}
      scale={scale}
      label={`Values of channel ${channel}, ${place}. The pixel at row ${pixel.row}, column ${pixel.column} is ${value}.`}
      marked={[pixel.row - top, pixel.column - left]}
      onPick={(y, x) => setPixel({ node: layer.node?.name ?? null, row: top + y, column: left + x })}
    />
  );
}
