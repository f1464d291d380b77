import { beforeAll, expect, test } from "vitest";
import type { Pipeline } from "../model/pipeline";
import { simulated } from "../testing/simulated";
import { occupancyIn, occupancyPixels } from "./occupancy";

let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await simulated("U250", { frames: 2, trace: { resolution: 256 } });
});
const find = (name: string) => {
  const machine = pipeline.machines.find((other) => other.name === name);
  const { trace } = pipeline.simulation;
  if (!machine || !trace) throw new Error("no such machine");
  return { machine, trace };
};

test("a machine's row goes from frame to frame where its frames end", () => {
  for (const name of ["MVAU_hls_0", "VVAU_hls_6", "MVAU_hls_13"]) {
    const { machine, trace } = find(name);
    const [first, second] = machine.report.perFrame;
    if (!first || !second) throw new Error("too few frames");
    const at = (cycle: number) => occupancyIn(trace, machine, { from: cycle, to: cycle + 256 });
    expect(at(first.done - 512).frame).toBe(0);
    expect(at(second.done - 512).frame).toBe(1);
  }
});

test("before its first beat comes, a machine has no frame", () => {
  const { machine, trace } = find("MVAU_hls_13");
  expect(occupancyIn(trace, machine, { from: 0, to: 256 })).toEqual({ frame: null, busy: 0, blocked: 0 });
});

test("the whole time adds up to the machine's report", () => {
  const { machine, trace } = find("MVAU_hls_5");
  const cycles = trace.bins * trace.resolution;
  const { busy, blocked } = occupancyIn(trace, machine, { from: 0, to: cycles });
  expect(busy * cycles).toBeCloseTo(machine.report.busy, 6);
  expect(blocked * cycles).toBeCloseTo(machine.report.blocked, 6);
});

test("pixels: the background before, the frame's tint while it works, nothing after the end", () => {
  const colors = {
    background: [0, 0, 0],
    blocked: [255, 0, 0],
    frames: [
      [0, 200, 0],
      [0, 0, 200],
    ],
  } as const;
  const width = 100;
  const { cycles } = pipeline.simulation;
  const pixels = occupancyPixels(pipeline, { from: 0, to: 2 * cycles }, width, colors);
  const at = (index: number, x: number) => [
    ...pixels.slice(4 * (index * width + x), 4 * (index * width + x) + 4),
  ];
  const { machine } = find("MVAU_hls_0");
  const column = (cycle: number) => Math.floor((cycle / (2 * cycles)) * width);
  expect(at(machine.index, column(50_000))).toEqual([0, 200, 0, 255]);
  expect(at(machine.index, column(180_000))).toEqual([0, 0, 200, 255]);
  expect(at(machine.index, width - 1)).toEqual([0, 0, 0, 255]);
  expect(at(find("LabelSelect_hls_0").machine.index, 0)).toEqual([0, 0, 0, 255]);
});
