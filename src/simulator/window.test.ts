import { expect, test } from "vitest";
import { Stream } from "./stream";
import { WindowMachine } from "./window";
import type { WindowSchedule } from "./window-schedule";

/** A 2x2 window over 3x3 words: five words fill it; two windows of four beats a row. */
const square: WindowSchedule = {
  words: 9,
  steps: 2,
  windowsAStep: 2,
  beatsAWindow: 4,
  needs: (step, window) => 3 * step + window + 4,
  stepCycles: 8,
  lastStepCycles: 8,
  afterLastWord: 1,
  overlapsFrames: false,
  reach: 3,
};

function machine(schedule: WindowSchedule, depth = Number.POSITIVE_INFINITY) {
  const input = new Stream({ name: "in", depth: Number.POSITIVE_INFINITY, beats: 1 }, null);
  const output = new Stream({ name: "out", depth, beats: 1 }, null);
  return { input, output, window: new WindowMachine("window", input, output, schedule, null) };
}

const cycles = (spans: readonly { readonly first: number }[]) => spans.map(({ first }) => first);
const upTo = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);

test("fills, then words of the next row come in while windows go out", () => {
  const { input, output, window } = machine(square);
  for (let word = 0; word < 18; word++) input.put(0);
  window.frames = 2;
  window.advance();
  // Five words from cycle 1; three more once the first row has begun; the last once the second has.
  const frame = [...upTo(1, 5), 6, 7, 8, 14];
  expect(cycles(input.tookFrame)).toEqual([...frame, ...frame.map((cycle) => cycle + 21)]);
  const beats = [...upTo(6, 13), ...upTo(14, 21)];
  expect(cycles(output.gaveFrame)).toEqual([...beats, ...beats.map((cycle) => cycle + 21)]);
  expect(window.frameCycles).toBe(5 + 2 * 8);
  window.settle();
  // Never starved but in cycle 0, never blocked.
  expect(window.ledger.perFrame).toEqual([
    { busy: 21, starved: 1, blocked: 0, done: 21 },
    { busy: 21, starved: 0, blocked: 0, done: 42 },
  ]);
});

test("a window waits for its last word", () => {
  const { input, output, window } = machine(square);
  for (const cycle of [0, 1, 2, 3, 4, 30]) input.put(cycle);
  window.frames = 1;
  window.advance();
  // The second window needs word 5, which is there in cycle 31 and in the buffer a cycle later.
  expect(cycles(output.gaveFrame)).toEqual([...upTo(6, 9), ...upTo(32, 35)]);
  expect(window.needs()).toEqual([{ what: "beat", stream: input }]);
});

test("when windows cannot go out, no more words come in than the buffer has places for", () => {
  const { input, output, window } = machine(square, 1);
  for (let word = 0; word < 9; word++) input.put(0);
  window.frames = 1;
  window.advance();
  expect([input.taken, output.written]).toEqual([8, 1]);
  expect(window.needs()).toEqual([{ what: "room", stream: output }]);
});

test("it wants a beat, and not room, when its window is not whole, though the FIFO behind is full", () => {
  const { input, window } = machine({ ...square, beatsAWindow: 1 }, 1);
  for (let word = 0; word < 5; word++) input.put(0);
  window.frames = 1;
  window.advance();
  expect(window.needs()).toEqual([{ what: "beat", stream: input }]);
});

/** One window of all four words, four beats. */
const single: WindowSchedule = {
  ...square,
  words: 4,
  steps: 1,
  windowsAStep: 1,
  needs: () => 3,
  stepCycles: 4,
  lastStepCycles: 1,
  overlapsFrames: true,
  reach: 1,
};

test("frames overlap by one at most: the next fills the buffer while the last window goes out", () => {
  const { input, output, window } = machine(single, 1);
  for (let word = 0; word < 16; word++) input.put(0);
  window.frames = 4;
  window.advance();
  // Frame 0 waits for room with its second beat; frame 1 is in; frame 2 has to wait.
  expect([input.taken, output.written]).toEqual([8, 1]);
  expect(cycles(input.tookFrame)).toEqual([1, 2, 3, 4, 6, 7, 8, 9]);
});
