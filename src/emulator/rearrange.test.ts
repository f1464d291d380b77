import { expect, it } from "vitest";
import { int, uint } from "../graph/datatype";
import { constant } from "../graph/testing/tiny-graph";
import { originOf, rearrange } from "./rearrange";
import { createReferenceEngine } from "./reference/engine";
import { Chain } from "./testing/chain";

const graph = new Chain("test", { shape: [1, 2, 2, 1], datatype: uint(8) })
  .pad(0, 1, 0, 0)
  .window([1, 2])
  .mvau(constant(int(2), [1, 2], [1, -1]), null)
  .pad(1, 0, 0, 0)
  .window([3, 2])
  .mvau(constant(int(2), [2, 6], new Array(12).fill(1)), null)
  .labelSelect(1)
  .graph();

it("traces a rearrangement back to the node that computes, or to the input", () => {
  const names = (node: string) => {
    const { source, rearrangements } = originOf(graph, node);
    return [source?.name ?? null, ...rearrangements.map(({ name }) => name)];
  };
  expect(names("ConvolutionInputGenerator_rtl_0")).toEqual([
    null,
    "FMPadding_rtl_0",
    "ConvolutionInputGenerator_rtl_0",
  ]);
  expect(names("FMPadding_rtl_1")).toEqual(["MVAU_rtl_0", "FMPadding_rtl_1"]);
  expect(names("MVAU_rtl_1")).toEqual(["MVAU_rtl_1"]);
  expect(() => originOf(graph, "MVAU_rtl_2")).toThrow(RangeError);
});

it("gives the stream that the rearranged node puts out", async () => {
  const engine = await createReferenceEngine(graph);
  const tap = "ConvolutionInputGenerator_rtl_1";
  const { taps } = await engine.run(Uint8Array.of(1, 2, 3, 4), { taps: [tap, "MVAU_rtl_0"] });
  const sums = taps.get("MVAU_rtl_0")?.data ?? new Int8Array();
  expect(rearrange(sums, originOf(graph, tap).rearrangements)).toEqual(taps.get(tap)?.data);
});
