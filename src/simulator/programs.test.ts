import { expect, test } from "vitest";
import { int, uint } from "../graph/datatype";
import { fold, mvauNode, vvauNode } from "../hardware/testing/nodes";
import type { LoopProgram } from "./loop";
import { beats, fmPaddingProgram, mvauProgram, passThrough, reduceProgram, sink, source } from "./programs";

/** A frame step by step: `.` computes, `i` takes, `o` gives, `x` does both. */
function written(program: LoopProgram): string {
  const runs = program.flatMap(({ times, runs }) => Array.from({ length: times }, () => runs).flat());
  return runs
    .map(({ steps, compute, takes, gives }) => {
      const move = takes ? (gives ? "x" : "i") : gives ? "o" : "?";
      return `${".".repeat(compute)}${move}`.repeat(steps);
    })
    .join("");
}

test("DMAs and nodes that only pass on", () => {
  expect(written(source(3))).toBe("ooo");
  expect(written(sink(3))).toBe("iii");
  expect(written(passThrough(3))).toBe("xxx");
});

test("padding gives zeros around what goes through", () => {
  const map = (height: number, width: number) => ({ shape: [1, height, width, 2], datatype: uint(4) });
  const pad = { top: 1, left: 2, bottom: 1, right: 0 };
  const node = {
    kind: "FMPadding",
    name: "pad",
    impl: "rtl",
    pad,
    input: map(2, 2),
    output: map(4, 4),
  } as const;
  const folded = fold(node, { SIMD: 1 });
  if (folded.kind !== "FMPadding") throw new Error("padding went in");
  const row = "ooooxxxx";
  expect(written(fmPaddingProgram(folded))).toBe(`oooooooo${row}${row}oooooooo`);
});

test("an MVAU takes its inputs for the first neurons, and computes the others from what it kept", () => {
  const folded = fold(mvauNode(6, 4, "hls"), { PE: 2, SIMD: 2 });
  if (folded.kind !== "MVAU") throw new Error("an MVAU went in");
  // Three synapse folds, two neuron folds, four pixels.
  expect(written(mvauProgram(folded))).toBe("iix..o".repeat(4));
  const whole = fold(mvauNode(6, 4, "hls"), { PE: 4, SIMD: 6 });
  if (whole.kind !== "MVAU") throw new Error("an MVAU went in");
  expect(written(mvauProgram(whole))).toBe("xxxx");
});

test("a VVAU gives a beat for every window it has taken", () => {
  const folded = fold(vvauNode(4), { PE: 2, SIMD: 1 });
  if (folded.kind !== "VVAU") throw new Error("a VVAU went in");
  // Two channel folds of nine in each of four pixels.
  expect(written(reduceProgram(folded))).toBe("iiiiiiiix".repeat(8));
});

test("a pool does the same", () => {
  const stream = (channels: number) => ({ shape: [1, 1, 2, channels], datatype: int(8) });
  const node = {
    kind: "Pool",
    name: "pool",
    impl: "hls",
    function: "QuantAvgPool",
    channels: 2,
    kernel: [2, 1],
    accumBits: 9,
    shift: 1,
    input: stream(4),
    output: stream(2),
  } as const;
  const folded = fold(node, { PE: 1 });
  if (folded.kind !== "Pool") throw new Error("a pool went in");
  expect(written(reduceProgram(folded))).toBe("ixixixix");
});

test("the beats of a folded shape are all its dimensions but the last", () => {
  expect(beats([1, 3, 5, 2, 16])).toBe(30);
});
