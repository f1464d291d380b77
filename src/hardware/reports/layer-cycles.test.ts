import { expect, test } from "vitest";
import { u250Layers } from "../testing/figures-u250";
import { zynqLayers } from "../testing/figures-zynq";
import { foldedFor } from "../testing/shipped-graph";
import { estimateLayerCycles } from "./layer-cycles";

test.each([
  ["U250", u250Layers],
  ["ZCU102", zynqLayers],
  ["ZCU104", zynqLayers],
] as const)("%s: FINN's cycles, in stream order", (board, layers) => {
  const cycles = layers.map(([name, count]) => [name, count]);
  expect(Object.entries(estimateLayerCycles(foldedFor(board)))).toEqual(cycles);
});
