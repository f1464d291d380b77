import { expect, test } from "vitest";
import { type Board, boards } from "../../src/hardware/boards";
import { overCapacity, resourceLines, type Taken } from "./capacity";

const nodes = { lut: 100_000, bram18: 600, uram: 0, dsp: 0 };
const small = { nodes, all: { lut: 115_200, bram18: 624, uram: 0, dsp: 0 } };
const large = { nodes, all: { lut: 300_000, bram18: 600, uram: 97, dsp: 3000 } };

test("a table of what is taken", () => {
  const lines = resourceLines(small, boards.ZCU104);
  expect(lines.map((line) => line.trim().split(/ {2,}/))).toEqual([
    ["Resources", "nodes", "with FIFOs, converters", "ZCU104 has", "taken"],
    ["LUT", "100,000", "115,200", "230,400", "50.0 %"],
    ["BRAM18", "600", "624", "624", "100.0 %"],
    ["URAM", "0", "0", "96", "0.0 %"],
    ["DSP", "0", "0", "1,728", "0.0 %"],
  ]);
  expect(resourceLines(small, boards.ZCU102)[3]).toMatch(/ 0 +-$/);
  expect(resourceLines(large, boards.ZCU102)[3]).toMatch(/ 0 +none$/);
});

test("a board that is too small is said to be, with what it lacks", () => {
  expect(overCapacity(small, boards.ZCU104)).toBeNull();
  expect(overCapacity(large, boards.ZCU104)).toBe(
    "The ZCU104 can not hold it: it needs 300,000 LUT of 230,400 and 97 URAM of 96 and 3,000 DSP of 1,728. The figures are estimates all the same.",
  );
});

test("after a search for a target, what it left as it was is named: memories that the board has", () => {
  const advice = (taken: Taken, board: Board) => overCapacity(taken, board, { foldedToTarget: true });
  expect(advice(large, boards.ZCU104)).toContain(
    "keeps memories as they are: --folding with ram_style ultra or block frees others.",
  );
  expect(advice(large, boards.ZCU102)).toContain("ram_style block frees");
  expect(advice(small, boards.ZCU104)).toBeNull();
  const onlyDsp = { nodes, all: { ...nodes, dsp: 3000 } };
  expect(advice(onlyDsp, boards.ZCU104)).toBe(overCapacity(onlyDsp, boards.ZCU104));
});
