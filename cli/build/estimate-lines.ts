import type { Board } from "../../src/hardware/boards";
import { networkPerformance } from "../../src/hardware/estimate";
import { cyclesOf } from "../../src/hardware/models";
import { grouped, rate, type Screen } from "../output";
import type { ChosenFolding } from "./choose-folding";
import { cycleChart } from "./cycle-chart";
import { milliseconds } from "./simulation-lines";

/** What is built: network, board, clock and folding. */
export function headLines(
  { folded, why }: Pick<ChosenFolding, "folded" | "why">,
  board: Board,
  clockNs: number,
  notes: readonly string[],
): string[] {
  const mhz = (1000 / clockNs).toFixed(1);
  const thresholds = folded.nodes.some(({ kind }) => kind === "Thresholding")
    ? "nodes of their own"
    : "in MVAU and VVAU";
  return [
    `${folded.name} on ${board.name} (${board.part}), ${clockNs} ns a cycle, ${mhz} MHz`,
    `  nodes         ${folded.nodes.length}, thresholds ${thresholds}`,
    `  folding       ${why}`,
    ...notes.map((note) => `  note          ${note}`),
  ];
}

/** A bar for each node's cycles a frame. */
export function chartLines({ folded }: Pick<ChosenFolding, "folded">, screen: Screen): string[] {
  return cycleChart(
    folded.nodes.map((node) => ({ name: node.node.name, cycles: cyclesOf(node) })),
    screen,
  );
}

/** FINN's estimate of the whole network. */
export function estimateLines({ folded }: Pick<ChosenFolding, "folded">, clockNs: number): string[] {
  const { bottleneck, maxCycles, throughputFps, criticalPathCycles } = networkPerformance(folded, clockNs);
  return [
    "Estimated",
    `  bottleneck    ${bottleneck}, ${grouped(maxCycles)} cycles a frame`,
    `  throughput    ${rate(throughputFps)}`,
    `  latency       at most ${grouped(criticalPathCycles)} cycles, ${milliseconds(criticalPathCycles, clockNs)}: all nodes one after another`,
  ];
}
