import { expect, test } from "vitest";
import { tinyGraph } from "../graph/testing/tiny-graph";
import { summarise } from "./summary";

test("counts of a graph one can check by hand", () => {
  const summary = summarise(tinyGraph());
  expect(Object.fromEntries(summary.nodesByKind)).toEqual({
    FMPadding: 1,
    ConvolutionInputGenerator: 2,
    VVAU: 1,
    MVAU: 2,
    Thresholding: 1,
    Pool: 1,
    ChannelwiseOp: 1,
    LabelSelect: 1,
  });
  // 3x3 pixels: 4 products in the VVAU, 2 in the MVAU; then one vector of 2 by 3.
  expect(Object.fromEntries(summary.macsByType)).toEqual({ "8bx4b": 36, "2bx3b": 18, "2bx1b": 6 });
  expect(summary.macs).toBe(60);
  expect(Object.fromEntries(summary.weightsByType)).toEqual({ INT4: 4, INT3: 2, BIPOLAR: 6 });
  expect(summary.weights).toBe(12);
  expect(summary.thresholds).toBe(3 + 6);
});
