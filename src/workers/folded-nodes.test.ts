import { expect, test } from "vitest";
import { tinyGraph } from "../graph/testing/tiny-graph";
import { foldGraph } from "../hardware/fold-graph";
import { foldedNodes } from "./folded-nodes";

test("nodes come as they are folded, in the order asked for, with arrays of their own", () => {
  const folded = foldGraph(tinyGraph());
  const tinyWeights = new Int8Array([1, -2, 3, -4]);
  const [mvau, vvau] = foldedNodes(folded, ["MVAU_rtl_1", "VVAU_hls_0"]);
  expect([mvau, vvau]).toEqual([folded.nodes[7], folded.nodes[2]]);
  if (vvau?.kind !== "VVAU") throw new Error("not the VVAU");
  vvau.node.weights.data[0] = 9;
  expect(folded.nodes[2]?.node).toMatchObject({ weights: { data: tinyWeights } });
  expect(vvau.node.weights.data.byteLength).toBe(vvau.node.weights.data.buffer.byteLength);
});

test("a name that is not there is refused", () => {
  expect(() => foldedNodes(foldGraph(tinyGraph()), ["MVAU_hls_9"])).toThrow(/no node MVAU_hls_9/);
});
