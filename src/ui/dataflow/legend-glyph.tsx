import { frameTints } from "./model/frame-tint";

export type LegendSign =
  | "busy"
  | "starved"
  | "blocked"
  | "limit"
  | "holds-up"
  | "pipe"
  | "full-pipe"
  | "frames"
  | "meter";

const width = 28;
const height = 18;

/** A piece of the map, small. Shapes only: gradients of style sheets are lost when the map is saved. */
export function LegendGlyph({ sign }: { readonly sign: LegendSign }) {
  return (
    <svg
      className="legend-glyph"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      data-sign={sign}
      aria-hidden="true"
    >
      {shapes[sign]}
    </svg>
  );
}

const box = { x: 1, y: 1, width: width - 2, height: height - 2, rx: 3 };

const pipe = (
  <>
    <rect className="legend-glyph__wall" x={8} y={0} width={12} height={height} />
    <rect className="legend-glyph__empty" x={10} y={0} width={8} height={height} />
  </>
);

const shapes: Readonly<Record<LegendSign, React.ReactNode>> = {
  busy: (
    <>
      <rect className="legend-glyph__busy" {...box} />
      <path className="legend-glyph__ink" d="M11 5l7 4-7 4z" />
    </>
  ),
  starved: (
    <>
      <rect className="legend-glyph__starved" {...box} />
      <circle className="legend-glyph__ring" cx={14} cy={9} r={3} />
    </>
  ),
  blocked: (
    <>
      <path className="legend-glyph__stripes" d="M2 9L8 2M3 16L16 2M10 16L23 2M17 16L26 6M24 16L26 14" />
      <rect className="legend-glyph__frame" {...box} />
      <path className="legend-glyph__danger" d="M10.5 5h2.5v8h-2.5zM15 5h2.5v8h-2.5z" />
    </>
  ),
  limit: <rect className="legend-glyph__frame" {...box} />,
  "holds-up": <rect className="legend-glyph__frame" strokeDasharray="4 3" {...box} />,
  pipe: (
    <>
      {pipe}
      <rect className="legend-glyph__tint" x={10} y={10} width={8} height={8} />
    </>
  ),
  "full-pipe": (
    <>
      <rect className="legend-glyph__danger" x={8} y={0} width={12} height={height} />
      <rect className="legend-glyph__tint" x={10} y={0} width={8} height={height} />
    </>
  ),
  frames: Array.from({ length: frameTints }, (_, i) => (
    <rect
      // The tints have no other name.
      // biome-ignore lint/suspicious/noArrayIndexKey: see above
      key={i}
      x={i * 7}
      y={6}
      width={6}
      height={6}
      rx={1.5}
      style={{ fill: `var(--frame-${i + 1})` }}
    />
  )),
  meter: (
    <>
      <rect className="legend-glyph__empty" x={0} y={6} width={width} height={5} />
      <rect className="legend-glyph__tint" x={0} y={6} width={17} height={5} />
      <rect className="legend-glyph__danger" x={17} y={6} width={4} height={5} />
    </>
  ),
};
