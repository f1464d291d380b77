import { expect, test } from "vitest";
import { deadlockOf } from "./deadlock";
import { describeDeadlock } from "./describe-deadlock";
import { LoopMachine } from "./loop";
import { Network } from "./network";
import { passThrough, sink, source } from "./programs";
import { Stream } from "./stream";
import { WindowMachine } from "./window";
import type { WindowSchedule } from "./window-schedule";

const frame = 8;

/** Puts out word i once word i + 3 is in, or the last one: four words must be in before any goes out. */
const lookAhead: WindowSchedule = {
  words: frame,
  steps: frame,
  windowsAStep: 1,
  beatsAWindow: 1,
  needs: (step) => Math.min(frame - 1, step + 3),
  stepCycles: 1,
  lastStepCycles: 1,
  afterLastWord: 1,
  overlapsFrames: false,
  reach: 4,
};

/** A residual block: every beat goes through a window on one way and through a FIFO on the other, and is added. */
function residual(bypassDepth: number): Network {
  const stream = (name: string, depth: number) => new Stream({ name, depth, beats: frame }, null);
  const [input, branch, windowed, output] = ["input", "branch", "windowed", "output"].map((name) =>
    stream(name, 2),
  ) as [Stream, Stream, Stream, Stream];
  const bypass = stream("bypass", bypassDepth);
  return new Network(
    [
      new LoopMachine("dma", [], [input], source(frame), null),
      new LoopMachine("duplicate", [input], [branch, bypass], passThrough(frame), null),
      new WindowMachine("window", branch, windowed, lookAhead, null),
      new LoopMachine("add", [windowed, bypass], [output], passThrough(frame), null),
      new LoopMachine("odma", [output], [], sink(frame), null),
    ],
    [input, branch, bypass, windowed, output],
  );
}

function run(network: Network): void {
  network.allow(2);
  while (network.work(10));
}

test("a bypass too shallow for what the window holds back is a deadlock, and who waits for what is told", () => {
  const network = residual(3);
  run(network);
  network.settle();
  const deadlock = deadlockOf(network);
  expect(deadlock).toEqual({
    // Word 2 goes into the window, and the DMA fills the place in `input` that word 2 left before.
    cycle: 4,
    waiting: [
      { machine: "dma", what: "room", stream: "input", held: 2, depth: 2 },
      { machine: "duplicate", what: "room", stream: "bypass", held: 3, depth: 3 },
      { machine: "window", what: "beat", stream: "branch", held: 0, depth: 2 },
      { machine: "add", what: "beat", stream: "windowed", held: 0, depth: 2 },
      { machine: "odma", what: "beat", stream: "output", held: 0, depth: 2 },
    ],
  });
  expect(deadlock && describeDeadlock(deadlock)).toBe(
    "Deadlock: after cycle 4 nothing moves any more. duplicate waits for room in bypass, which holds 3 of 3 " +
      "beats; window waits for a beat from branch; 3 more wait on them. A deeper FIFO there helps.",
  );
});

test("with a place more in the bypass all frames come through", () => {
  const network = residual(4);
  run(network);
  network.settle();
  expect(deadlockOf(network)).toBeNull();
  for (const { written, taken, maxOccupancy, depth } of network.streams) {
    expect([written, taken]).toEqual([2 * frame, 2 * frame]);
    expect(maxOccupancy).toBeLessThanOrEqual(depth);
  }
  expect(network.streams.find(({ name }) => name === "bypass")?.maxOccupancy).toBe(4);
});
