import { beforeAll, expect, test } from "vitest";
import type { Pipeline } from "../model/pipeline";
import { simulated } from "../testing/simulated";
import { chartLayout, chartRange, cycleAt, rowAt, stayOnChart, xOf } from "./chart-layout";
import { frameLanes } from "./frame-lanes";
import { niceTicks } from "./nice-ticks";

let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await simulated("U250", { frames: 5 });
});

test("three frames fill the chart, and the page follows the cycle", () => {
  const { frames, cycles } = pipeline.simulation;
  const length = (frames[2]?.lastOut ?? 0) + 1;
  expect(chartRange(pipeline, 1000, false)).toEqual({ from: 0, to: length });
  expect(chartRange(pipeline, length + 5, false)).toEqual({ from: length, to: 2 * length });
  expect(chartRange(pipeline, length + 5, true)).toEqual({ from: 0, to: cycles });
});

test("a click goes back to the cycle that is drawn there", () => {
  const layout = chartLayout(81, 3, 900);
  const range = { from: 100_000, to: 150_000 };
  for (const cycle of [100_000, 123_400, 149_000]) {
    expect(Math.abs(cycleAt(layout, range, xOf(layout, range, cycle)) - cycle)).toBeLessThan(2);
  }
});

test("rows are found by height", () => {
  const layout = chartLayout(81, 3, 900);
  expect(rowAt(layout, layout.rowsTop - 1)).toBeNull();
  expect(rowAt(layout, layout.rowsTop)).toBe(0);
  expect(rowAt(layout, layout.rowsTop + layout.rowsHeight - 1)).toBe(80);
  expect(rowAt(layout, layout.rowsTop + layout.rowsHeight)).toBeNull();
});

test("frames that are in the pipeline at once lie in lanes of their own", () => {
  const { stays, lanes } = frameLanes(pipeline.simulation.frames);
  expect(lanes).toBe(3);
  for (const one of stays) {
    for (const other of stays) {
      const overlap = one !== other && one.from <= other.to && other.from <= one.to;
      if (overlap) expect(one.lane).not.toBe(other.lane);
    }
  }
  const layout = chartLayout(81, lanes, 900);
  const range = { from: 0, to: (stays[0]?.to ?? 0) + 1 };
  expect(stayOnChart(layout, range, stays[0]!)).toEqual({ x: layout.left, end: layout.left + layout.width });
  expect(stayOnChart(layout, range, stays[4]!)).toBeNull();
});

test("ticks are round numbers", () => {
  expect(niceTicks(0, 500_000, 6)).toEqual([0, 100_000, 200_000, 300_000, 400_000]);
  expect(niceTicks(498_784, 997_568, 4)).toEqual([600_000, 800_000]);
});
