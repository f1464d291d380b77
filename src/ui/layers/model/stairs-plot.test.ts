import { expect, test } from "vitest";
import { stairsPlot } from "./stairs-plot";

const area = { width: 100, height: 30, actVal: 0 };

test("each threshold is a step up at its place", () => {
  const { path, x, y, ticks } = stairsPlot({ ...area, thresholds: [0, 4, 8], bins: [] });
  // One step of room: from -1 to 9.
  expect(ticks).toEqual([-1, 9]);
  expect([x(-1), x(4), x(9)]).toEqual([0, 50, 100]);
  expect([y(0), y(1), y(3)]).toEqual([30, 20, 0]);
  expect(path).toBe("M0 30H10V20H50V10H90V0H100");
});

test("accumulators share the axis, and the fullest bin has the whole height", () => {
  const bins = [
    { from: -5, to: 0, count: 4 },
    { from: 0, to: 5, count: 0 },
    { from: 5, to: 10, count: 1 },
  ];
  const { bars, x, ticks } = stairsPlot({ ...area, thresholds: [2], bins });
  expect(ticks).toEqual([-6, 0, 11]);
  expect(bars).toBe(`M${x(-5)} 30V0H${x(0)}V30ZM${x(5)} 30V22.5H${x(10)}V30Z`);
});
