import { boards } from "../../hardware/boards";
import type { FoldingReport } from "../../hardware/folding-report";
import { Facts } from "../kit/facts";
import { formatFps, formatInteger, formatMegahertz, formatMs } from "../kit/format";
import { describeBottleneck } from "./bottleneck";
import "./throughput.css";

/** The rate of frames, and what limits it. */
export function Throughput({ report }: { readonly report: FoldingReport }) {
  const { clockNs, part } = boards[report.board];
  const { throughputFps, criticalPathCycles, latencyNs } = report.performance;
  return (
    <section className="throughput" aria-labelledby="throughput-heading">
      <h3 id="throughput-heading" className="part-heading">
        Rate of frames
      </h3>
      <p className="throughput__rate">{formatFps(throughputFps)}</p>
      <p aria-live="polite">{describeBottleneck(report)}</p>
      <Facts
        facts={[
          ["Board", `${report.board}, ${part}`],
          ["Clock", formatMegahertz(clockNs)],
          [
            "One after the other",
            `all nodes’ cycles are ${formatInteger(criticalPathCycles)}, ${formatMs(latencyNs / 1e6)}; streaming overlaps them`,
          ],
        ]}
      />
    </section>
  );
}
