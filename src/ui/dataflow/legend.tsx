import type { MachineReport } from "../../simulator/result";
import { frameTints } from "./model/frame-tint";
import type { Pipeline } from "./model/pipeline";
import "./legend.css";

const tints = Array.from({ length: frameTints }, (_, i) => i + 1);

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

/** What fill, sign, pipe and letters mean. */
export function Legend({ pipeline }: { readonly pipeline: Pipeline }) {
  const labels = new Map(pipeline.machines.map(({ kind, label }) => [kind, label]));
  const shown = [...labels].filter(([kind]) => kind !== "IODMA");
  return (
    <>
      <States />
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

function States() {
  return (
    <ul className="map-legend" aria-label="Legend">
      <li>
        <span className="map-legend__machine" data-state="busy" aria-hidden="true">
          ▶
        </span>
        busy
      </li>
      <li>
        <span className="map-legend__machine" data-state="starved" aria-hidden="true">
          ○
        </span>
        starved: no beat comes
      </li>
      <li>
        <span className="map-legend__machine" data-state="blocked" aria-hidden="true">
          ‖
        </span>
        blocked: no room behind
      </li>
      <li>
        <span className="map-legend__pipe" aria-hidden="true" />
        FIFO and how full it is
      </li>
      <li>
        <span className="map-legend__frames" aria-hidden="true">
          {tints.map((tint) => (
            <span key={tint} style={{ background: `var(--frame-${tint})` }} />
          ))}
        </span>
        frames 1, 2, 3, 4, and so on in turn
      </li>
      <li>
        <span className="map-legend__meter" aria-hidden="true" />
        its time in this frame so far
      </li>
    </ul>
  );
}
