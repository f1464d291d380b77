import type { Scale } from "./model/shades";
import type { WeightGrid } from "./model/weight-grids";

interface RgbKernelProps {
  /** Red, green, blue. */
  readonly grids: readonly WeightGrid[];
  readonly scale: Scale;
}

/** The kernel in the colours that it answers to: a weight of zero is mid grey. */
export function RgbKernel({ grids, scale }: RgbKernelProps) {
  const rows = grids[0]?.rows ?? [];
  const part = (weight: number) => Math.round(((weight - scale.low) / (scale.high - scale.low || 1)) * 255);
  const colour = (y: number, x: number) =>
    `rgb(${grids.map((grid) => part(grid.rows[y]?.[x] ?? 0)).join(" ")})`;
  return (
    <figure>
      <figcaption className="part-heading">As colours</figcaption>
      <svg
        className="number-grid"
        viewBox={`0 0 ${rows[0]?.length ?? 1} ${rows.length}`}
        role="img"
        aria-label="The kernel’s red, green and blue weights as colours; mid grey is zero."
      >
        {rows.map((row, y) =>
          row.map((_, x) => (
            // A cell is its place.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <rect key={`${y} ${x}`} x={x} y={y} width={1} height={1} fill={colour(y, x)} />
          )),
        )}
      </svg>
    </figure>
  );
}
