import { expect, test } from "vitest";
import { tinyGraph } from "../graph/testing/tiny-graph";
import { foldGraph } from "./fold-graph";
import type { Attributes } from "./folding-config";
import { foldedFor } from "./testing/shipped-graph";

const tiny = tinyGraph();
const instances = (nodes: Record<string, Attributes>) =>
  foldGraph(tiny, { defaults: new Map(), nodes: new Map(Object.entries(nodes)) }).instances;
const fifos = (nodes: Record<string, Attributes>) =>
  instances(nodes).filter((one) => one.kind === "StreamingFIFO");

test("without folding every beat is one value: a FIFO on every edge and nothing else", () => {
  const all = instances({});
  expect(all.filter(({ kind }) => kind === "node")).toHaveLength(tiny.nodes.length);
  expect(all.filter(({ kind }) => kind === "StreamingDataWidthConverter")).toEqual([]);
  expect(all.map(({ kind }) => kind === "StreamingFIFO")).toEqual(all.map((_, i) => i % 2 === 0));
  expect(fifos({}).map(({ folding }) => folding)).toEqual(
    Array.from({ length: tiny.nodes.length + 1 }, () => ({ depth: 2, impl_style: "rtl", ram_style: "auto" })),
  );
});

test("a FIFO is as deep as the deeper wish beside it, unless the file names it; depth 0 takes it out", () => {
  const [first = "", second = "", third = ""] = tiny.nodes.map(({ name }) => name);
  const wishes = {
    [first]: { outFIFODepths: [8] },
    [second]: { inFIFODepths: [5], outFIFODepths: [3] },
    [third]: { inFIFODepths: [6] },
  };
  const depths = (named: Record<string, Attributes>) =>
    fifos({ ...wishes, ...named })
      .slice(0, 3)
      .map(({ name, folding }) => [name, folding.depth]);
  expect(depths({})).toEqual([
    ["StreamingFIFO_rtl_0", 2],
    ["StreamingFIFO_rtl_1", 8],
    ["StreamingFIFO_rtl_2", 6],
  ]);
  expect(depths({ StreamingFIFO_rtl_1: { depth: 3 } })[1]).toEqual(["StreamingFIFO_rtl_1", 3]);
  // A file that says only how to build it leaves the depth alone.
  expect(depths({ StreamingFIFO_rtl_1: { impl_style: "vivado" } })[1]).toEqual(["StreamingFIFO_rtl_1", 8]);
  expect(depths({ StreamingFIFO_rtl_1: { depth: 0 } })[1]).toEqual(["StreamingFIFO_rtl_2", 6]);
});

test("beats fit: what one instance puts out, the next takes in", () => {
  for (const board of ["U250", "ZCU104"] as const) {
    let values: number | null = null;
    for (const instance of foldedFor(board, "from-weights").instances) {
      if (instance.kind === "node") {
        values = null;
      } else if (instance.kind === "StreamingFIFO") {
        if (values !== null) expect(instance.lanes * instance.beats).toBe(values);
        values = instance.lanes * instance.beats;
      } else {
        expect(instance.inputLanes * instance.inputBeats).toBe(instance.outputLanes * instance.outputBeats);
        if (values !== null) expect(instance.inputLanes * instance.inputBeats).toBe(values);
        values = instance.outputLanes * instance.outputBeats;
      }
    }
  }
});
