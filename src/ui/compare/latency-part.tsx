import { lazy, Suspense, useMemo, useRef } from "react";
import { FaultBoundary } from "../kit/fault-boundary";
import { formatMs } from "../kit/format";
import { SavePicture } from "../kit/save-picture/save-picture";
import type { Comparison } from "./model/comparison";
import { emulatorParts, endpointParts, endpointTotal, type LatencyPart as Part } from "./model/latency-parts";
import { plottedColumns, plottedFrames } from "./model/plotted";
import { summarise } from "./model/summarise";
import "./latency-part.css";

/** Comes with its library when there is something to plot. */
const LatencyPlot = lazy(async () => ({ default: (await import("./latency-plot")).LatencyPlot }));

const rows: readonly { readonly side: string; readonly part: Part }[] = [
  ...emulatorParts.map((part) => ({ side: "Emulator", part })),
  { side: "Endpoint", part: endpointTotal },
  ...endpointParts.map((part) => ({ side: "Endpoint", part })),
];

const parts = rows.map(({ part }) => part);

/** Latencies over time, and what they come to: the table says in figures what the plot shows. */
export function LatencyPart({ comparison: { records } }: { readonly comparison: Comparison }) {
  const figure = useRef<HTMLElement>(null);
  const newest = useMemo(() => records.slice(-plottedFrames), [records]);
  const measured = useMemo(
    () =>
      rows.flatMap(({ side, part }) => {
        const summary = summarise(newest.map(part.of).filter((ms) => ms !== null));
        return summary ? [{ side, part, summary }] : [];
      }),
    [newest],
  );
  if (measured.length === 0) return null;
  return (
    <figure ref={figure} className="latency-part">
      <figcaption className="latency-part__head">
        <h4>Latency of the last {newest.length === 1 ? "frame" : `${newest.length} frames`}</h4>
        {newest.length > 1 && <SavePicture picture={figure} name="Latency" />}
      </figcaption>
      {newest.length > 1 && (
        <FaultBoundary instead={() => <p>The plot could not be loaded. The table has its figures.</p>}>
          <Suspense fallback={<div className="latency-plot" />}>
            <LatencyPlot columns={plottedColumns(newest, parts)} parts={parts} />
          </Suspense>
        </FaultBoundary>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls needs the focus for it */}
      <section className="latency-part__scroll" tabIndex={0} aria-label="Latencies in figures">
        <table>
          <thead>
            <tr>
              <th scope="col">Part</th>
              <th scope="col">Median</th>
              <th scope="col">95 % below</th>
              <th scope="col">Most</th>
            </tr>
          </thead>
          <tbody>
            {measured.map(({ side, part, summary }) => (
              <tr key={part.key} data-part={part.key}>
                <th scope="row">
                  <span className="latency-part__key" aria-hidden="true" />
                  {side}: {part.name.toLowerCase()}
                </th>
                <td>{formatMs(summary.median)}</td>
                <td>{formatMs(summary.p95)}</td>
                <td>{formatMs(summary.most)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </figure>
  );
}
