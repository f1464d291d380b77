import type { MachineReport } from "../../simulator/result";
import { LegendGlyph } from "./legend-glyph";
import type { Pipeline } from "./model/pipeline";
import "./legend.css";

/** What the letters on the machines stand for. */
const kinds: Record<MachineReport["kind"], string> = {
  FMPadding: "border of zeros",
  ConvolutionInputGenerator: "sliding window",
  VVAU: "depthwise convolution",
  MVAU: "pointwise or full convolution, classifier",
  Thresholding: "thresholds",
  StreamingDataWidthConverter: "width converter",
  Pool: "average pool",
  ChannelwiseOp: "bias",
  LabelSelect: "best classes",
  IODMA: "DMA",
};

/** What is drawn, and what it means. */
const signs = [
  ["busy", "busy"],
  ["starved", "starved: no beat comes"],
  ["blocked", "blocked: no room behind"],
  ["limit", "LIMIT: the bottleneck"],
  ["holds-up", "HOLDS UP: what holds the bottleneck up"],
  ["pipe", "FIFO and how full it is"],
  ["full-pipe", "full, and holds the bottleneck up"],
  ["frames", "frames 1, 2, 3, 4, and so on in turn"],
  ["meter", "its time in this frame so far"],
] as const;

/** What fill, sign, pipe and letters mean. */
export function Legend({ pipeline }: { readonly pipeline: Pipeline }) {
  const labels = new Map(pipeline.machines.map(({ kind, label }) => [kind, label]));
  const shown = [...labels].filter(([kind]) => kind !== "IODMA");
  const { steady } = pipeline.simulation;
  const isDrawn: Partial<Record<(typeof signs)[number][0], boolean>> = {
    limit: Boolean(steady),
    "holds-up": Boolean(steady?.bottleneck.heldUpBy),
    "full-pipe": Boolean(steady?.bottleneck.fullStreams.length),
  };
  return (
    <>
      <ul className="map-legend" aria-label="Legend">
        {signs
          .filter(([sign]) => isDrawn[sign] ?? true)
          .map(([sign, words]) => (
            <li key={sign}>
              <LegendGlyph sign={sign} />
              {words}
            </li>
          ))}
      </ul>
      <ul className="map-legend" aria-label="What the letters stand for">
        {shown.map(([kind, label]) => (
          <li key={kind}>
            <b>{label}</b> {kinds[kind]}
          </li>
        ))}
      </ul>
    </>
  );
}
