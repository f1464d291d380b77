import { expect, test } from "vitest";
import { tinyGraph } from "../graph/testing/tiny-graph";
import { baseFolding, baseFps } from "./base-folding";
import { boards } from "./boards";
import { foldGraph } from "./fold-graph";
import { cyclesOf } from "./models";
import { mobilenetFoldings } from "./presets";
import { withStandaloneThresholds } from "./standalone-thresholds";
import { shippedGraph } from "./testing/shipped-graph";

const builtFor = (board: keyof typeof boards, graph = shippedGraph()) =>
  boards[board].standaloneThresholds ? withStandaloneThresholds(graph) : graph;

test.each(["U250", "ZCU102", "ZCU104"] as const)(
  "FINN's network begins with FINN's folding for the %s",
  (board) => {
    const base = baseFolding(builtFor(board), boards[board]);
    expect(base).toEqual({ config: mobilenetFoldings[board](), preset: true });
  },
);

test.each(["U250", "ZCU104"] as const)(
  "another network begins with one that gives the base rate on the %s",
  (board) => {
    const graph = builtFor(board, tinyGraph());
    const { config, preset } = baseFolding(graph, boards[board]);
    expect(preset).toBe(false);
    const slowest = Math.max(...foldGraph(graph, config).nodes.map(cyclesOf));
    expect(1e9 / (slowest * boards[board].clockNs)).toBeGreaterThanOrEqual(baseFps);
  },
);

test("a part of FINN's network is another network", () => {
  const { nodes, ...graph } = shippedGraph();
  const headless = { ...graph, nodes: nodes.slice(0, -1) };
  expect(baseFolding(headless, boards.U250).preset).toBe(false);
});
