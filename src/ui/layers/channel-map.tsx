import { useCallback, useState } from "react";
import { useAppState } from "../app-context";
import { formatInteger } from "../kit/format";
import { Loupe } from "./loupe";
import { valueAt } from "./model/feature-map";
import { isSmall, loupeWindow } from "./model/loupe-window";
import { colourTable, type Pixels, paintChannel } from "./model/paint-map";
import type { Pixel } from "./model/same-pixel";
import type { Shown } from "./use-counted";
import type { Look } from "./use-look";
import { usePainted } from "./use-painted";
import "./channel-map.css";

interface ChannelMapProps {
  readonly look: Look;
  readonly shown: Shown;
}

/** Rows and columns that each key moves the pixel by. */
const moves: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-10, 0],
  PageDown: [10, 0],
  Home: [0, Number.NEGATIVE_INFINITY],
  End: [0, Number.POSITIVE_INFINITY],
};

/** The whole channel; a pixel of it is picked by pointer, or moved with the keys. */
export function ChannelMap({ look, shown }: ChannelMapProps) {
  const { layer, channel, pixel } = look;
  const { map, scale } = shown;
  const setPixel = useAppState((state) => state.setPixel);
  const [hovered, setHovered] = useState<Pixel | null>(null);
  const { width, height } = map;
  const paint = useCallback(
    (into: Pixels) => paintChannel(map, channel, colourTable(scale), into),
    [map, channel, scale],
  );
  const canvas = usePainted(width, height, paint);
  const within = (position: number, size: number) => Math.min(size - 1, Math.max(0, position));
  const pick = ({ row, column }: Pixel) =>
    setPixel({ node: layer.node?.name ?? null, row: within(row, height), column: within(column, width) });
  const pixelUnder = ({ clientX, clientY, currentTarget }: React.PointerEvent): Pixel => {
    const box = currentTarget.getBoundingClientRect();
    return {
      row: within(Math.floor(((clientY - box.top) / box.height) * height), height),
      column: within(Math.floor(((clientX - box.left) / box.width) * width), width),
    };
  };
  const loupe = loupeWindow(map, pixel);
  const named = hovered ?? pixel;
  const words = ({ row, column }: Pixel) =>
    `Row ${row}, column ${column}: ${formatInteger(valueAt(map, row, column, channel))}`;
  return (
    <div className="channel-map">
      {/* Its keys move a pixel over a picture, for which there is no role. */}
      <div
        className="channel-map__picture"
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: with its keys it is interactive
        tabIndex={0}
        aria-label={`Channel ${channel} of ${layer.title}, ${height} × ${width}. Arrow keys move the pixel.`}
        aria-describedby="channel-map-value"
        style={{ aspectRatio: `${width} / ${height}` }}
        onKeyDown={(event) => {
          const move = moves[event.key];
          if (!move) return;
          event.preventDefault();
          pick({ row: pixel.row + move[0], column: pixel.column + move[1] });
        }}
        onPointerDown={(event) => pick(pixelUnder(event))}
        onPointerMove={(event) => setHovered(pixelUnder(event))}
        onPointerLeave={() => setHovered(null)}
      >
        {isSmall(map) ? (
          <Loupe look={look} shown={shown} />
        ) : (
          <canvas ref={canvas} width={width} height={height} />
        )}
        <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
          {loupe.columns < width && (
            <rect
              className="channel-map__loupe"
              x={loupe.left}
              y={loupe.top}
              width={loupe.columns}
              height={loupe.rows}
            />
          )}
          <rect className="channel-map__pixel" x={pixel.column} y={pixel.row} width={1} height={1} />
        </svg>
      </div>
      <p id="channel-map-value" role="status" className="channel-map__value">
        {words(named)}
      </p>
    </div>
  );
}
