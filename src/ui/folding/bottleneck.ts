import type { FoldingReport, NodeRow } from "../../hardware/folding-report";
import { formatFps, formatInteger } from "../kit/format";

/** The nodes that take the most cycles, in stream order. */
export function slowestNodes({
  nodes,
  performance,
}: Pick<FoldingReport, "nodes" | "performance">): NodeRow[] {
  return nodes.filter(({ cycles }) => cycles === performance.maxCycles);
}

/** Which node limits the rate of frames, and why, in a sentence or two. */
export function describeBottleneck(report: Pick<FoldingReport, "nodes" | "performance">): string {
  const { bottleneck, maxCycles, throughputFps } = report.performance;
  const cycles = `${formatInteger(maxCycles)} cycles for a frame`;
  const also = slowestNodes(report).length - 1;
  const rate = `so the accelerator gives at most ${formatFps(throughputFps)}`;
  if (also > 0) {
    const others = also === 1 ? "another node are" : `${also} other nodes are`;
    return `${bottleneck} and ${others} the slowest: they need ${cycles}, ${rate}.`;
  }
  const next = Math.max(0, ...report.nodes.map((node) => node.cycles).filter((other) => other < maxCycles));
  return `${bottleneck} is the slowest: it needs ${cycles}, ${rate}. The next node needs ${formatInteger(next)}.`;
}
