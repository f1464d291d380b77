import type { FoldingReport } from "../../hardware/folding-report";
import { formatFps } from "../kit/format";
import "./rate-strip.css";

/** Rate and slowest node, in sight while one edits further down. What it says stands in full above. */
export function RateStrip({ report: { performance } }: { readonly report: FoldingReport }) {
  return (
    <p className="rate-strip" aria-hidden="true">
      <strong>{formatFps(performance.throughputFps)}</strong>
      <span className="rate-strip__slowest">{performance.bottleneck}</span>
    </p>
  );
}
