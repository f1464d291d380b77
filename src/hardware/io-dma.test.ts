import { expect, test } from "vitest";
import { StreamscopeError } from "../graph/errors";
import { boards } from "./boards";
import { foldGraph } from "./fold-graph";
import { ioDmaOf } from "./io-dma";
import { foldedFor } from "./testing/shipped-graph";

test.each([
  ["U250", 24, 512, 2352],
  ["ZCU102", 8, 128, 9408],
  ["ZCU104", 8, 128, 9408],
] as const)(
  "%s: 1,204,224 bits of picture in, five classes of 16 bits out",
  (board, streamBits, axiBits, axiBeats) => {
    const { input, output } = ioDmaOf(foldedFor(board), boards[board]);
    expect(input).toEqual({ name: "idma0", streamBits, axiBits, axiBeats, bytes: 150_528 });
    // 80 bits divide into beats of 16 at most.
    expect(output).toEqual({ name: "odma0", streamBits: 16, axiBits: 16, axiBeats: 5, bytes: 10 });
  },
);

test("a beat of the stream takes whole bytes of memory", () => {
  const folded = foldedFor("U250");
  const padding = folded.nodes.find(({ kind }) => kind === "FMPadding");
  if (padding?.kind !== "FMPadding") throw new Error("MobileNet pads");
  const narrow = { ...padding, folding: { ...padding.folding, SIMD: 1 } };
  const { output } = ioDmaOf({ ...folded, nodes: [narrow] }, boards.U250);
  // 113 x 113 x 32 values of 4 bits, one a beat: a byte each, and a frame is no multiple of 512 bits.
  expect(output).toMatchObject({ streamBits: 8, bytes: 113 * 113 * 32, axiBits: 256 });
});

test("a graph without nodes is refused", () => {
  const { input } = foldedFor("U250");
  const empty = foldGraph({ name: "empty", input, nodes: [] });
  expect(() => ioDmaOf(empty, boards.U250)).toThrow(StreamscopeError);
});
