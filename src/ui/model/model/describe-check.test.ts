import { expect, test } from "vitest";
import type { LayerComparison } from "../../../emulator/compare-engines";
import { describeCheck } from "./describe-check";

const layer = (node: string, differing: number): LayerComparison => ({
  node,
  kind: "MVAU",
  shape: [1, 1500],
  values: 1500,
  differing,
  first: differing > 0 ? { index: 0, first: 1, second: 2 } : null,
});

test("equal layers, and where the first difference lies", () => {
  expect(describeCheck({ layers: [layer("a", 0), layer("b", 0)] })).toBe(
    "3,000 values of 2 layers compared: 0 differ.",
  );
  expect(describeCheck({ layers: [layer("a", 0), layer("b", 7)] })).toBe(
    "3,000 values of 2 layers compared: 7 differ, in 1 layer. The first is b.",
  );
  expect(describeCheck({ layers: [layer("a", 1), layer("b", 7)] })).toContain(
    "8 differ, in 2 layers. The first is a.",
  );
});
