import { memo, useCallback, useMemo, useRef, useState } from "react";
import { useAppState } from "../app-context";
import { formatInteger } from "../kit/format";
import { SavePicture } from "../kit/save-picture/save-picture";
import { describeChannel } from "./model/describe-channel";
import type { Layer } from "./model/layer";
import type { ChannelStatistics } from "./model/map-statistics";
import { mosaicLayout, tileAt, tileCorner } from "./model/mosaic-layout";
import { type Pixels, paintMosaic } from "./model/paint-map";
import { percent } from "./model/percent";
import { ShadeLegend } from "./shade-legend";
import type { Shown } from "./use-counted";
import { usePaintedInSlices } from "./use-painted-in-slices";
import "./mosaic.css";

interface MosaicProps {
  readonly layer: Layer;
  readonly channel: number;
  readonly shown: Shown;
}

/** All channels side by side. One of them is looked at: by pointer, or with the arrow keys. */
export const Mosaic = memo(function Mosaic({ layer, channel, shown }: MosaicProps) {
  const { map, scale, statistics } = shown;
  const setChannel = useAppState((state) => state.setChannel);
  const part = useRef<HTMLElement>(null);
  const [hovered, setHovered] = useState<number | null>(null);
  const { channels, width, height } = map;
  const layout = useMemo(() => mosaicLayout(channels, width, height), [channels, width, height]);
  const paint = useCallback((into: Pixels) => paintMosaic(map, scale, layout, into), [map, scale, layout]);
  const canvas = usePaintedInSlices(layout.width, layout.height, paint);

  const tileUnder = ({ clientX, clientY, currentTarget }: React.PointerEvent): number | null => {
    const box = currentTarget.getBoundingClientRect();
    const x = ((clientX - box.left) / box.width) * layout.width;
    const y = ((clientY - box.top) / box.height) * layout.height;
    return tileAt(layout, x, y);
  };
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: channel - 1,
    ArrowRight: channel + 1,
    ArrowUp: channel - layout.columns,
    ArrowDown: channel + layout.columns,
    Home: 0,
    End: channels - 1,
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const to = steps[event.key];
    if (to === undefined) return;
    event.preventDefault();
    if (to >= 0 && to < channels) setChannel(to);
  };
  const named = hovered ?? channel;
  const own = statistics.channels[channel];
  const words = `Channel ${channel}: ${own ? describeChannel(map, channel, own) : ""}`;
  return (
    <section ref={part} className="layers__part" aria-labelledby="mosaic-heading" data-tour="maps">
      <div className="layers__part-head">
        <h3 id="mosaic-heading">
          {channels === 1 ? "Its channel" : `All ${formatInteger(channels)} channels`}
        </h3>
        <SavePicture picture={part} name="Feature maps" of={layer.title} description={words} />
      </div>
      {/* A slider in two dimensions: one picks a channel out of a row of them that is broken into lines. */}
      <div
        className="mosaic"
        data-in-picture
        role="slider"
        tabIndex={0}
        aria-label={`Channel of ${layer.title}`}
        aria-valuemin={0}
        aria-valuemax={channels - 1}
        aria-valuenow={channel}
        aria-valuetext={words}
        onKeyDown={onKeyDown}
        onPointerMove={(event) => setHovered(tileUnder(event))}
        onPointerLeave={() => setHovered(null)}
        onPointerDown={(event) => {
          const tile = tileUnder(event);
          if (tile !== null) setChannel(tile);
        }}
      >
        <canvas ref={canvas} style={{ aspectRatio: `${layout.width} / ${layout.height}` }} />
        <svg viewBox={`0 0 ${layout.width} ${layout.height}`} aria-hidden="true">
          <TileFrame at={tileCorner(layout, channel)} layout={layout} chosen />
          {hovered !== null && <TileFrame at={tileCorner(layout, hovered)} layout={layout} />}
        </svg>
      </div>
      <p className="layers__words" aria-hidden="true">
        Channel {named}: {statistics.channels[named] && zeroShare(statistics.channels[named])} zeros
      </p>
      <ShadeLegend scale={scale} />
    </section>
  );
});

const zeroShare = ({ zeros, values }: ChannelStatistics): string => percent(zeros / values);

interface TileFrameProps {
  readonly at: { readonly x: number; readonly y: number };
  readonly layout: { readonly tileWidth: number; readonly tileHeight: number };
  readonly chosen?: boolean;
}

function TileFrame({ at, layout, chosen = false }: TileFrameProps) {
  return (
    <rect
      className={chosen ? "mosaic__chosen" : "mosaic__hovered"}
      x={at.x}
      y={at.y}
      width={layout.tileWidth}
      height={layout.tileHeight}
    />
  );
}
