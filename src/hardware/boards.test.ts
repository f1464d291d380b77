import { expect, test } from "vitest";
import { boards } from "./boards";

/** AMD's tables of the VU13P (the U250's FPGA), ZU9EG and ZU7EV: thousands of logic cells, Mbit, slices. */
const dataSheets = [
  ["U250", { logicCells: 3780, blockRam: 94.5, ultraRam: 360, dspSlices: 12_288 }],
  ["ZCU102", { logicCells: 600, blockRam: 32.1, ultraRam: 0, dspSlices: 2520 }],
  ["ZCU104", { logicCells: 504, blockRam: 11.0, ultraRam: 27, dspSlices: 1728 }],
] as const;

test.each(dataSheets)("%s: capacities are those of the data sheet", (name, sheet) => {
  const { lut, bram18, uram, dsp } = boards[name].capacity;
  // A LUT of UltraScale+ counts as 2.1875 logic cells.
  expect(Math.round((lut * 2.1875) / 1000)).toBe(sheet.logicCells);
  expect((bram18 * 18) / 1024).toBeCloseTo(sheet.blockRam, 1);
  expect((uram * 288) / 1024).toBe(sheet.ultraRam);
  expect(dsp).toBe(sheet.dspSlices);
});

test("a board stands under its own name, with a period that its clock can have", () => {
  for (const [name, board] of Object.entries(boards)) {
    expect(board.name).toBe(name);
    expect(board.part).toMatch(/^xc[uz]/);
    // FINN's examples run at 100 MHz at the least, and UltraScale+ at 891 MHz at the most.
    expect(1000 / board.clockNs).toBeGreaterThan(100);
    expect(1000 / board.clockNs).toBeLessThan(891);
    expect(Number.isInteger(Math.log2(board.axiBits))).toBe(true);
  }
});
