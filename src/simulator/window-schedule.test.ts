import { expect, test } from "vitest";
import type { Attributes } from "../hardware/folding-config";
import { cyclesOf } from "../hardware/models";
import { fold, windowNode } from "../hardware/testing/nodes";
import { unhinderedCycles, windowSchedule } from "./window-schedule";

function scheduled(node: Parameters<typeof fold>[0], attributes: Attributes) {
  const folded = fold(node, attributes);
  if (folded.kind !== "ConvolutionInputGenerator") throw new Error("a window went in");
  return { folded, schedule: windowSchedule(folded) };
}

const small = { height: 3, width: 3 };

test("RTL: a window goes when its own last word is in, a row of windows is a step", () => {
  const { schedule } = scheduled(windowNode(small, [2, 2]), { SIMD: 8 });
  expect(schedule).toMatchObject({ words: 9, steps: 2, windowsAStep: 2, beatsAWindow: 4, stepCycles: 8 });
  expect([0, 1].map((window) => schedule.needs(0, window))).toEqual([4, 5]);
  expect([0, 1].map((window) => schedule.needs(1, window))).toEqual([7, 8]);
  expect(unhinderedCycles(schedule)).toBe(5 + 2 * 8);
});

test("HLS: a row of windows goes when all its rows are in", () => {
  const { schedule } = scheduled(windowNode(small, [2, 2], { impl: "hls" }), { SIMD: 8 });
  expect([0, 1].map((window) => schedule.needs(0, window))).toEqual([5, 5]);
  expect([0, 1].map((window) => schedule.needs(1, window))).toEqual([8, 8]);
  expect(unhinderedCycles(schedule)).toBe(6 + 2 * 8);
});

test("two words a pixel double the words and the beats", () => {
  const { schedule } = scheduled(windowNode(small, [2, 2]), { SIMD: 4 });
  expect(schedule).toMatchObject({ words: 18, beatsAWindow: 8, stepCycles: 16 });
  expect(schedule.needs(0, 1)).toBe(2 * (3 + 1 + 1) + 2 - 1);
});

test("a whole window a beat: each goes with its last word, two cycles a frame are lost", () => {
  const { schedule } = scheduled(windowNode(small, [2, 2]), { SIMD: 8, parallel_window: 1 });
  expect(schedule).toMatchObject({ steps: 4, windowsAStep: 1, beatsAWindow: 1 });
  expect([0, 1, 2, 3].map((step) => schedule.needs(step, 0))).toEqual([4, 5, 7, 8]);
  expect(unhinderedCycles(schedule)).toBe(9 + 2);
});

test("a single row is the same whichever way it lies, and frames overlap", () => {
  const lying = scheduled(windowNode({ height: 1, width: 5 }, [1, 3]), { SIMD: 4 }).schedule;
  const standing = scheduled(windowNode({ height: 5, width: 1 }, [3, 1]), { SIMD: 4 }).schedule;
  for (const schedule of [lying, standing]) {
    expect(schedule).toMatchObject({ words: 10, steps: 3, beatsAWindow: 6, overlapsFrames: true });
    expect([0, 1, 2].map((step) => schedule.needs(step, 0))).toEqual([5, 7, 9]);
    expect(unhinderedCycles(schedule)).toBe(3 * 6 + 2);
  }
});

test("rows and columns that no window reaches come in all the same", () => {
  const { schedule } = scheduled(windowNode({ height: 4, width: 4 }, [3, 3], { stride: 2 }), { SIMD: 8 });
  expect(schedule).toMatchObject({ words: 16, steps: 1, windowsAStep: 1 });
  // 11 words until the window is whole; five more come in while its nine beats go out.
  expect(schedule.needs(0, 0)).toBe(10);
  expect(unhinderedCycles(schedule)).toBe(11 + 9);
});

test("dilated rows of the HLS that the map does not have are not waited for", () => {
  const node = { ...windowNode({ height: 3, width: 3 }, [2, 1], { impl: "hls" }), dilation: [2, 1] } as const;
  const output = { ...node.output, shape: [1, 1, 3, 16] };
  const { folded, schedule } = scheduled({ ...node, output }, { SIMD: 8 });
  // Two rows two apart are counted as four rows of three; there are three.
  expect(schedule.needs(0, 0)).toBe(8);
  expect(cyclesOf(folded)).toBe(12 + 6);
  expect(unhinderedCycles(schedule)).toBe(12 + 6);
});

test("where FINN's formula has no time for all words, the words take the time they need", () => {
  const stride = [3, 1] as const;
  const node = { ...windowNode({ height: 4, width: 4 }, [1, 2]), stride };
  const output = { ...node.output, shape: [1, 2, 3, 16] };
  const { folded, schedule } = scheduled({ ...node, output }, { SIMD: 8 });
  expect(cyclesOf(folded)).toBe(2 + 2 * 6);
  // The first row of windows after 2 words; for the second 12 more; then its six beats.
  expect(unhinderedCycles(schedule)).toBe(2 + 12 + 6);
});
