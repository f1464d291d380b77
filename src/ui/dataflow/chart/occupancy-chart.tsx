import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useAppState, useAppStore } from "../../app-context";
import { formatInteger, formatShare } from "../../kit/format";
import { SavePicture } from "../../kit/save-picture/save-picture";
import type { Pipeline } from "../model/pipeline";
import { channelsOf, type Palette } from "../palette";
import { type CanvasPage, drawForFile, useCanvas } from "../use-canvas";
import { useChosenMachine } from "../use-pipeline";
import { chartLayout, chartRange, cycleAt, rowAt } from "./chart-layout";
import { drawChart } from "./draw-chart";
import { frameLanes } from "./frame-lanes";
import { type CycleRange, occupancyIn, occupancyPixels } from "./occupancy";
import "./occupancy-chart.css";

interface DrawnOccupancy {
  readonly pipeline: Pipeline;
  readonly range: CycleRange;
  readonly palette: Palette;
  readonly picture: HTMLCanvasElement;
}

/** What every machine does over time, each frame in its tint. A click goes to that cycle. */
export function OccupancyChart({ pipeline }: { readonly pipeline: Pipeline }) {
  const store = useAppStore();
  const setCycle = useAppState((state) => state.setCycle);
  const chosen = useChosenMachine(pipeline);
  const [all, setAll] = useState(false);
  const [pointed, setPointed] = useState<string | null>(null);
  const figure = useRef<HTMLElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawn = useRef<DrawnOccupancy | null>(null);
  const { stays, lanes } = useMemo(() => frameLanes(pipeline.simulation.frames), [pipeline]);
  const count = pipeline.machines.length;

  const draw = useCallback(
    ({ context, width, palette }: CanvasPage) => {
      const { cycle } = store.getState();
      const layout = chartLayout(count, lanes, width);
      const range = chartRange(pipeline, cycle, all);
      drawn.current = occupancyPicture(drawn.current, pipeline, range, Math.round(layout.width), palette);
      const occupancy = drawn.current.picture;
      drawChart(context, {
        pipeline,
        layout,
        range,
        stays,
        occupancy,
        cycle,
        selected: chosen.name,
        palette,
      });
    },
    [store, pipeline, count, lanes, stays, all, chosen],
  );
  const invalidate = useCanvas(canvas, draw);
  useEffect(
    () =>
      store.subscribe((now, before) => {
        if (now.cycle !== before.cycle) invalidate();
      }),
    [store, invalidate],
  );

  const placeOf = ({ clientX, clientY, currentTarget }: React.PointerEvent<HTMLElement>) => {
    const { left, top, width } = currentTarget.getBoundingClientRect();
    const layout = chartLayout(count, lanes, width);
    const range = chartRange(pipeline, store.getState().cycle, all);
    const cycle = Math.min(range.to - 1, Math.max(range.from, cycleAt(layout, range, clientX - left)));
    return { cycle, row: rowAt(layout, clientY - top) };
  };
  const onPointerMove = (event: React.PointerEvent<HTMLElement>) => {
    const { cycle, row } = placeOf(event);
    if (event.buttons === 1) setCycle(cycle);
    const machine = row === null ? null : pipeline.machines[row];
    const { trace } = pipeline.simulation;
    if (!machine || !trace) return setPointed(null);
    const { frame, busy, blocked } = occupancyIn(trace, machine, {
      from: cycle,
      to: cycle + trace.resolution,
    });
    const what = frame === null ? "no frame" : `frame ${frame + 1}`;
    setPointed(
      `${machine.name} around cycle ${formatInteger(cycle)}: ${what}, ${formatShare(busy)} busy, ${formatShare(blocked)} blocked`,
    );
  };

  return (
    <figure ref={figure} className="occupancy" data-tour="chart">
      <figcaption className="occupancy__head">
        <h3 className="part-heading">Who works when</h3>
        <p className="occupancy__note">
          {pointed ?? "A row a machine, in stream order; strong where it is busy, red where it is blocked."}
        </p>
        <label className="occupancy__all" data-not-in-picture data-not-on-paper>
          <input type="checkbox" checked={all} onChange={(event) => setAll(event.target.checked)} />
          All {pipeline.simulation.frames.length} frames
        </label>
        <SavePicture
          picture={figure}
          name="Who works when"
          of={pipeline.design.board}
          description={describeChart(pipeline)}
          draw={drawForFile(draw)}
        />
      </figcaption>
      <canvas
        ref={canvas}
        className="occupancy__canvas"
        style={{ height: chartLayout(count, lanes, 0).height }}
        role="img"
        aria-label={describeChart(pipeline)}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setCycle(placeOf(event).cycle);
        }}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setPointed(null)}
      />
    </figure>
  );
}

/** What one sees: when frames come and go, and how many are in the pipeline at once. */
function describeChart({ simulation: { frames } }: Pipeline): string {
  const [first, second] = frames;
  if (!first) return "Machines by time. No frame comes out.";
  const overlap = second
    ? ` Frame 2 comes in at cycle ${formatInteger(second.firstIn)}, ${second.firstIn < first.lastOut ? "long before that" : "after that"}.`
    : "";
  return `Machines by time. The first result is there at cycle ${formatInteger(first.lastOut)}.${overlap}`;
}

/** The picture made before, if it still is the same. */
function occupancyPicture(
  before: DrawnOccupancy | null,
  pipeline: Pipeline,
  range: CycleRange,
  width: number,
  palette: Palette,
): DrawnOccupancy {
  const isSame =
    before?.pipeline === pipeline &&
    before.palette === palette &&
    before.range.from === range.from &&
    before.range.to === range.to &&
    before.picture.width === width;
  if (isSame) return before;
  const colors = {
    background: channelsOf(palette.surface),
    blocked: channelsOf(palette.danger),
    frames: palette.frames.map(channelsOf),
  };
  const picture = document.createElement("canvas");
  [picture.width, picture.height] = [width, pipeline.machines.length];
  const pixels = occupancyPixels(pipeline, range, width, colors);
  picture.getContext("2d")?.putImageData(new ImageData(pixels, width), 0, 0);
  return { pipeline, range, palette, picture };
}
