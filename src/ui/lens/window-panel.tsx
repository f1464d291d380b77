import type { Folded } from "../../hardware/model";
import { windowGeometry } from "../../hardware/sliding-window";
import { useFocus } from "./focus";
import type { Lens } from "./model/lens";
import { type LineBuffer, lineBufferAt, type PixelState, pixelState } from "./model/line-buffer";
import type { Moment } from "./model/moment";
import { Num } from "./num";
import { Numbers } from "./numbers";
import { useLane } from "./use-lane";
import "./window-panel.css";

type SlidingWindow = Folded<"ConvolutionInputGenerator">;

interface WindowPanelProps {
  readonly lens: Lens;
  readonly node: number;
  readonly folded: SlidingWindow;
  readonly moment: Moment;
}

/** The rows in the line buffer, the window on them, and the window's numbers for one channel. */
export function WindowPanel({ lens, node, folded, moment }: WindowPanelProps) {
  const buffer = lineBufferAt(folded, moment);
  const { channels, window, kernelWidth, outWidth } = windowGeometry(folded);
  // A channel's window goes to that channel's lane of the node behind: both show the same channel.
  const follower = folded.node.depthwise && lens.chain.nodes[node + 1] ? node + 1 : node;
  const lane = useLane(lens, follower, folded.folding.SIMD);
  const chooseLane = useFocus((focus) => focus.chooseLane);
  const channel = buffer.channelFold * folded.folding.SIMD + lane;
  const first = (buffer.window.row * outWidth + buffer.window.column) * window;
  return (
    <>
      <BufferRows folded={folded} buffer={buffer} takes={moment.takes} />
      <div className="window-panel__window">
        <fieldset className="stage__part">
          <legend className="stage__label">The window of channel {channel}</legend>
          <div
            className="window-panel__grid"
            style={{ gridTemplateColumns: `repeat(${kernelWidth}, max-content)` }}
          >
            {Array.from({ length: window }, (_, tap) => (
              <Num
                // biome-ignore lint/suspicious/noArrayIndexKey: a pixel of the window is its place
                key={tap}
                chain={lens.chain}
                before={lens.before}
                place={{ kind: "value", edge: node + 1, index: (first + tap) * channels + channel }}
                tone={toneOf(folded, buffer, tap, moment)}
                size={kernelWidth > 3 ? "small" : undefined}
              />
            ))}
          </div>
        </fieldset>
        <Numbers
          lens={lens}
          label={`Goes out: ${buffer.tap === null ? "the whole window" : `pixel (${Math.floor(buffer.tap / kernelWidth)}, ${buffer.tap % kernelWidth})`}, one number a channel`}
          places={buffer.leaving.map((index) => ({ kind: "value", edge: node + 1, index }))}
          tone={moment.gives ? "now" : "later"}
          onChoose={(chosen) => chooseLane(follower, chosen % folded.folding.SIMD)}
        />
      </div>
    </>
  );
}

/** A pixel of the window goes out now, is held, or is still to come. */
function toneOf(folded: SlidingWindow, buffer: LineBuffer, tap: number, { gives }: Moment) {
  const { kernelWidth, dilationHeight, dilationWidth } = windowGeometry(folded);
  const row = buffer.corner.row + Math.floor(tap / kernelWidth) * dilationHeight;
  const column = buffer.corner.column + (tap % kernelWidth) * dilationWidth;
  if (pixelState(folded, buffer, row, column) === "to come") return "later";
  return gives && (buffer.tap === null || tap === buffer.tap) ? "now" : undefined;
}

interface BufferRowsProps {
  readonly folded: SlidingWindow;
  readonly buffer: LineBuffer;
  readonly takes: boolean;
}

const rowHeight = 9;

/** The rows around the window, pixel for pixel: held, done with, or still to come. */
function BufferRows({ folded, buffer, takes }: BufferRowsProps) {
  const g = windowGeometry(folded);
  const reach = (g.kernelHeight - 1) * g.dilationHeight + 1;
  const from = Math.max(0, buffer.corner.row - 1);
  const to = Math.min(g.height, buffer.corner.row + reach + g.strideHeight);
  const rows = Array.from({ length: to - from }, (_, i) => from + i);
  const scale = 240 / g.width;
  const { entering, corner } = buffer;
  const held = rows.reduce(
    (sum, row) =>
      sum +
      runsOf(folded, buffer, row).reduce((n, run) => n + (run.state === "held" ? run.end - run.from : 0), 0),
    0,
  );
  const isEntering = takes && entering.frame === buffer.frame && entering.row >= from && entering.row < to;
  return (
    <figure className="window-panel__buffer">
      <svg
        viewBox={`-26 0 268 ${rows.length * rowHeight + 1}`}
        role="img"
        aria-label={`Rows ${from} to ${to - 1} of the line buffer: ${held} pixels are held for windows to come. The window stands at row ${corner.row}, column ${corner.column}.`}
      >
        {rows.map((row, i) => (
          <g key={row} transform={`translate(0 ${i * rowHeight})`}>
            <text className="window-panel__row" x={-4} y={rowHeight - 1.5} textAnchor="end">
              {row}
            </text>
            {runsOf(folded, buffer, row).map((run) => (
              <rect
                key={run.from}
                className="window-panel__run"
                data-state={run.state}
                x={run.from * scale}
                width={(run.end - run.from) * scale}
                height={rowHeight - 1}
              />
            ))}
          </g>
        ))}
        {isEntering && (
          <rect
            className="window-panel__entering"
            x={entering.column * scale}
            y={(entering.row - from) * rowHeight}
            width={Math.max(2, scale)}
            height={rowHeight - 1}
          />
        )}
        <rect
          className="window-panel__outline"
          x={corner.column * scale}
          y={(corner.row - from) * rowHeight - 0.5}
          width={((g.kernelWidth - 1) * g.dilationWidth + 1) * scale}
          height={reach * rowHeight}
        />
      </svg>
      <figcaption className="stage__label">
        <span className="window-panel__key" data-state="held" /> held{" "}
        <span className="window-panel__key" data-state="done" /> no more needed{" "}
        <span className="window-panel__key" data-state="to come" /> still to come{" "}
        <span className="window-panel__key" data-state="entering" /> comes in
      </figcaption>
    </figure>
  );
}

interface PixelRun {
  readonly from: number;
  readonly end: number;
  readonly state: PixelState;
}

/** Neighbouring pixels of a row in the same state. */
function runsOf(folded: SlidingWindow, buffer: LineBuffer, row: number): PixelRun[] {
  const runs: PixelRun[] = [];
  const { width } = windowGeometry(folded);
  for (let column = 0; column < width; column++) {
    const state = pixelState(folded, buffer, row, column);
    const last = runs.at(-1);
    if (last?.state === state) runs[runs.length - 1] = { ...last, end: column + 1 };
    else runs.push({ from: column, end: column + 1, state });
  }
  return runs;
}
