import { useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { useAppState } from "../app-context";
import type { LatencyPart } from "./model/latency-parts";
import type { plottedColumns } from "./model/plotted";
import { type PlotColors, plotColors } from "./plot-colors";

const heightPx = 220;

/** Told apart without colour: of the parts that share one, one is dashed. */
const dashes: Readonly<Record<string, number[]>> = { total: [8, 4], prepare: [2, 3] };

const tickSeconds = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];
const timeOfDay = (seconds: number) => new Date(seconds * 1000).toLocaleTimeString("en-GB");

export interface LatencyPlotProps {
  readonly columns: ReturnType<typeof plottedColumns>;
  /** What the columns after the times are; the plot is made anew for another list. */
  readonly parts: readonly LatencyPart[];
}

/** Milliseconds of each part over the time of day. */
export function LatencyPlot({ columns, parts }: LatencyPlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const colors = useRef<PlotColors | null>(null);
  const newest = useRef(columns);
  const theme = useAppState((state) => state.theme);

  useEffect(() => {
    newest.current = columns;
    plot.current?.setData(columns);
  }, [columns]);

  useEffect(() => {
    const place = box.current;
    if (!place) return;
    const keys = parts.map(({ key }) => key);
    const read = (scheme?: "light") => {
      colors.current = plotColors(place, keys, scheme);
      // Not the scales, which a plot that was just made has yet to find.
      plot.current?.redraw(false);
    };
    const onScheme = () => read();
    const onPaper = () => read("light");
    read();
    plot.current = new uPlot(plotOptions(keys, place.clientWidth, colors), newest.current, place);
    const resized = new ResizeObserver(() => {
      plot.current?.setSize({ width: place.clientWidth, height: heightPx });
    });
    resized.observe(place);
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    scheme.addEventListener("change", onScheme);
    window.addEventListener("beforeprint", onPaper);
    window.addEventListener("afterprint", onScheme);
    return () => {
      resized.disconnect();
      scheme.removeEventListener("change", onScheme);
      window.removeEventListener("beforeprint", onPaper);
      window.removeEventListener("afterprint", onScheme);
      plot.current?.destroy();
      plot.current = null;
    };
  }, [parts]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a theme has its own colours
  useEffect(() => {
    const place = box.current;
    if (!place) return;
    colors.current = plotColors(
      place,
      parts.map(({ key }) => key),
    );
    plot.current?.redraw(false);
  }, [theme, parts]);

  return <div ref={box} className="latency-plot" aria-hidden="true" />;
}

/** Colours are asked for at each drawing, so that a change of theme needs no new plot. */
function plotOptions(
  keys: readonly string[],
  width: number,
  colors: { readonly current: PlotColors | null },
): uPlot.Options {
  const ink = () => colors.current?.ink ?? "";
  const axis: uPlot.Axis = {
    stroke: ink,
    font: colors.current?.font ?? "12px sans-serif",
    grid: { stroke: () => colors.current?.grid ?? "", width: 1 },
    ticks: { show: false },
  };
  return {
    width,
    height: heightPx,
    // The table beneath is the legend, and has the figures.
    legend: { show: false },
    cursor: { show: false },
    scales: { y: { range: (_plot, _least, most) => [0, Math.max(1, most * 1.05)] } },
    axes: [
      { ...axis, incrs: tickSeconds, space: 80, values: (_plot, ticks) => ticks.map(timeOfDay) },
      { ...axis, size: 64, values: (_plot, ticks) => ticks.map((ms) => `${ms} ms`) },
    ],
    series: [
      {},
      ...keys.map((key, i) => ({
        stroke: () => colors.current?.parts[i] ?? "",
        width: 1.5,
        points: { show: false },
        ...(dashes[key] ? { dash: dashes[key] } : {}),
      })),
    ],
  };
}
