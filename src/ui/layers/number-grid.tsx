import { formatInteger } from "../kit/format";
import { cssColour, type Scale, wantsDarkText } from "./model/shades";
import "./number-grid.css";

export interface NumberGridProps {
  /** Rows of values; the last may be shorter. */
  readonly rows: readonly (readonly number[])[];
  readonly scale: Scale;
  /** What a sighted person takes from it. */
  readonly label: string;
  /** A cell to mark, by row and column of the grid. */
  readonly marked?: readonly [row: number, column: number] | null;
  readonly onPick?: (row: number, column: number) => void;
  readonly onHover?: (cell: readonly [row: number, column: number] | null) => void;
}

const cell = 26;
/** Beyond so many cells the numbers would be too small to read. */
const mostNumbers = 400;

/** Integers as a grid of coloured cells, with the numbers in them where they can be read. */
export function NumberGrid({ rows, scale, label, marked, onPick, onHover }: NumberGridProps) {
  const columns = Math.max(1, ...rows.map((row) => row.length));
  const numbers = rows.length * columns <= mostNumbers;
  const digits = Math.max(...rows.flat().map((value) => formatInteger(value).length), 1);
  const fontSize = Math.min(12, (cell * 1.45) / digits);
  const cellUnder = ({ clientX, clientY, currentTarget }: React.PointerEvent) => {
    const box = currentTarget.getBoundingClientRect();
    const row = Math.floor(((clientY - box.top) / box.height) * rows.length);
    const column = Math.floor(((clientX - box.left) / box.width) * columns);
    return rows[row]?.[column] === undefined ? null : ([row, column] as const);
  };
  return (
    <svg
      className="number-grid"
      data-pickable={onPick ? "" : undefined}
      viewBox={`0 0 ${columns * cell} ${rows.length * cell}`}
      style={{ "--widest": numbers ? `${columns * cell * 1.3}px` : "26rem" } as React.CSSProperties}
      role="img"
      aria-label={label}
      onPointerMove={(event) => onHover?.(cellUnder(event))}
      onPointerLeave={() => onHover?.(null)}
      onPointerDown={(event) => {
        const under = cellUnder(event);
        if (under) onPick?.(...under);
      }}
    >
      {rows.map((row, y) =>
        row.map((value, x) => (
          // A cell is its place.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <g key={`${y} ${x}`}>
            <rect x={x * cell} y={y * cell} width={cell} height={cell} fill={cssColour(scale, value)} />
            {numbers && (
              <text
                x={(x + 0.5) * cell}
                y={(y + 0.5) * cell}
                fontSize={fontSize}
                fill={wantsDarkText(scale, value) ? "#000" : "#fff"}
              >
                {formatInteger(value)}
              </text>
            )}
          </g>
        )),
      )}
      {marked && (
        <rect
          className="number-grid__mark"
          x={marked[1] * cell + 1}
          y={marked[0] * cell + 1}
          width={cell - 2}
          height={cell - 2}
        />
      )}
    </svg>
  );
}
