import { expect, test } from "vitest";
import { boards } from "../../../hardware/boards";
import type { NodeRow } from "../../../hardware/folding-report";
import { foldingReport } from "../../../hardware/folding-report";
import { foldedFor } from "../../../hardware/testing/shipped-graph";
import { blocksOf, blockWith } from "./blocks";
import { emulatedNodes } from "./emulated-node";

const u250 = foldingReport(foldedFor("U250"), boards.U250).nodes;
const zynq = foldingReport(foldedFor("ZCU104"), boards.ZCU104).nodes;

test("the shipped network has conv, 13 dws blocks and a classifier, on every board", () => {
  for (const rows of [u250, zynq]) {
    const blocks = blocksOf(rows);
    expect(blocks.map(({ id }) => id)).toEqual([
      "conv",
      ...Array.from({ length: 13 }, (_, i) => `dws-${i + 1}`),
      "classifier",
    ]);
    expect(blocks.flatMap(({ nodes }) => nodes)).toEqual(rows);
  }
  expect(blocksOf(u250)[1]?.nodes.map(({ kind }) => kind)).toEqual([
    "FMPadding",
    "ConvolutionInputGenerator",
    "VVAU",
    "MVAU",
  ]);
});

test("a network that ends otherwise keeps its layers", () => {
  const rows = u250.slice(0, 10) as readonly NodeRow[];
  expect(blocksOf(rows).map(({ id }) => id)).toEqual(["conv", "dws-1", "dws-2"]);
});

test("thresholds of their own have the output of the node they were taken from", () => {
  const names = emulatedNodes(zynq, u250);
  expect(names?.size).toBe(59);
  const thresholds = zynq.findIndex(({ kind }) => kind === "Thresholding");
  expect(names?.get(zynq[thresholds]?.name ?? "")).toBe("MVAU_hls_0");
  expect(names?.has(zynq[thresholds - 1]?.name ?? "")).toBe(false);
  expect(names?.get(zynq.at(-1)?.name ?? "")).toBe(u250.at(-1)?.name);
  expect(emulatedNodes(u250, u250)?.get("VVAU_hls_3")).toBe("VVAU_hls_3");
  expect(emulatedNodes(zynq, u250.slice(1))).toBeNull();
});

test("a machine is in the block of its node; a converter is in that of the node before", () => {
  const report = foldingReport(foldedFor("ZCU104"), boards.ZCU104);
  const blocks = blocksOf(report.nodes);
  const second = blocks[2]?.nodes ?? [];
  const [converter = null] = report.inserted.flatMap((row) =>
    row.kind === "StreamingDataWidthConverter" ? [row] : [],
  );
  const names = ["idma0", second[0]?.name ?? "", "a converter", "another", second[1]?.name ?? "", "odma0"];
  const machines = names.map((name, index) => ({
    name,
    index,
    converter: name === "a converter" || name === "another" ? converter : null,
  }));
  expect(converter).not.toBeNull();
  expect(blockWith(blocks, "FMPadding_rtl_1", [])?.id).toBe("dws-2");
  for (const name of names.slice(1, -1)) expect(blockWith(blocks, name, machines)?.id).toBe("dws-2");
  expect(blockWith(blocks, "a converter", [])).toBeNull();
  for (const name of ["idma0", "odma0", "elsewhere", null])
    expect(blockWith(blocks, name, machines)).toBeNull();
});
