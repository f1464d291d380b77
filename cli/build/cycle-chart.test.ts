import { expect, test } from "vitest";
import { cycleChart, percent } from "./cycle-chart";

const rows = [
  { name: "FMPadding_rtl_0", cycles: 500 },
  { name: "MVAU_hls_0", cycles: 4000 },
  { name: "VVAU_hls_0", cycles: 3999 },
  { name: "MVAU_hls_1", cycles: 4000 },
];

test("plain: a row a node, bars of #, the first of the slowest is marked", () => {
  expect(cycleChart(rows, { columns: 42, rich: false })).toEqual([
    "  node            cycles    busy > bottleneck",
    "  FMPadding_rtl_0    500  12.5 % #",
    "> MVAU_hls_0       4,000 100.0 % #########",
    "  VVAU_hls_0       3,999  99.9 % #########",
    "  MVAU_hls_1       4,000 100.0 % #########",
  ]);
});

test("rich: bars in eighths of a column, the slowest in colour", () => {
  const [, padding, slowest, ...others] = cycleChart(rows, { columns: 42, rich: true });
  expect(padding).toBe("  FMPadding_rtl_0    500  12.5 % █▏");
  expect(slowest).toBe("\x1b[33m> MVAU_hls_0       4,000 100.0 % █████████\x1b[39m");
  expect(others.join()).not.toContain("\x1b");
});

test("the longest name and number of a Zynq build fit 80 columns, a narrow terminal still gets bars", () => {
  const long = [{ name: "ConvolutionInputGenerator_rtl_14", cycles: 12_345_678 }];
  expect(cycleChart(long, { columns: 80, rich: false }).map((line) => line.length)).toEqual([66, 80]);
  expect(cycleChart(long, { columns: 20, rich: false })[1]).toMatch(/ #{8}$/);
});

test("nothing but 1 is 100 %", () => {
  expect([0, 0.9999, 1, 1.3].map(percent)).toEqual(["0.0 %", "99.9 %", "100.0 %", "130.0 %"]);
});
