import { expect, test } from "vitest";
import { Bins } from "./bins";

const totals = (bins: Bins, count: number) => Array.from(bins.totals(count));

test("beats are counted into bins, and totals run on from what came before the window", () => {
  const bins = new Bins({ from: 10, to: 20, resolution: 4 });
  for (const cycle of [0, 9, 10, 13, 14, 19, 20, 30]) bins.add(cycle);
  // Two before; 10 and 13; 14; 19 in the last bin, which is only two cycles long.
  expect(totals(bins, 3)).toEqual([2, 4, 5, 6]);
});

test("a stretch of cycles is cut at the edges of bins and of the window", () => {
  const bins = new Bins({ from: 10, to: 20, resolution: 4 });
  bins.addCycles(7, 15);
  bins.addCycles(16, 40);
  expect(totals(bins, 3)).toEqual([3, 7, 7 + 1 + 2, 7 + 1 + 2 + 2]);
  bins.addCycles(2, 4);
  expect(totals(bins, 3)[0]).toBe(5);
});

test("has room for as many bins as come", () => {
  const bins = new Bins({ resolution: 1 });
  bins.addCycles(0, 1000);
  bins.add(5000);
  const all = totals(bins, 5001);
  expect([all[500], all[1000], all[5000], all[5001]]).toEqual([500, 1000, 1000, 1001]);
});
