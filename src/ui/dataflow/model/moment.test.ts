import { beforeAll, expect, test } from "vitest";
import type { Streaming } from "../../state/streaming-slice";
import { simulated } from "../testing/simulated";
import { describeFrames, describeMoment, framesBetween, groupMoment } from "./describe-moment";
import { beatsBefore, frameAt, sharesAt, soFar, stateOf } from "./machine-state";
import { momentOf } from "./moment";
import type { Pipeline } from "./pipeline";
import { fillAt } from "./stream-fill";

let pipeline: Pipeline;
let exact: Pipeline;
let streaming: Streaming;
const window = { from: 120_000, to: 121_000, resolution: 1 };

beforeAll(async () => {
  pipeline = await simulated("U250", { frames: 2, trace: { resolution: 256 } });
  exact = await simulated("U250", { frames: 2, trace: window });
  streaming = { design: pipeline.design, simulation: pipeline.simulation };
});

const coarse = (cycle: number, span = 1) => {
  const moment = momentOf(streaming, null, cycle, span);
  if (!moment) throw new Error("no moment");
  return moment;
};
const fine = (cycle: number, span = 1) => {
  const { trace } = exact.simulation;
  const moment = trace && momentOf(streaming, { design: pipeline.design, trace }, cycle, span);
  if (!moment) throw new Error("no moment");
  return moment;
};

test("a cycle is seen by its bin, and exactly where there is a fine trace", () => {
  expect(coarse(120_500)).toMatchObject({ from: 120_320, to: 120_576, isExact: false });
  expect(fine(120_500)).toMatchObject({ from: 120_500, to: 120_501, atCycle: 120_500, isExact: true });
  expect(fine(119_999)).toMatchObject({ isExact: false });
  expect(fine(120_500, 33)).toMatchObject({ from: 120_468, to: 120_501, atCycle: 120_500 });
});

test("a fine trace of another design is not looked at", () => {
  const { trace } = exact.simulation;
  const other = { ...pipeline.design };
  expect(trace && momentOf(streaming, { design: other, trace }, 120_500)?.isExact).toBe(false);
});

test("in a single cycle every machine is in one state, and the cycles of a bin add up to the bin", () => {
  const [begin, end] = [120_320, 120_576];
  for (const machine of pipeline.machines) {
    let busy = 0;
    for (let cycle = begin; cycle < end; cycle++) {
      const shares = sharesAt(fine(cycle), machine);
      expect([shares.busy, shares.starved, shares.blocked].toSorted()).toEqual([0, 0, 1]);
      busy += shares.busy;
    }
    expect(sharesAt(coarse(begin), machine).busy).toBeCloseTo(busy / (end - begin), 10);
  }
});

test("what is held and done at a cycle is the same in both traces", () => {
  const cycle = 120_320;
  for (const [i, stream] of pipeline.simulation.streams.entries()) {
    const { held } = fillAt(fine(cycle), i, stream.beats);
    expect(fillAt(coarse(cycle), i, stream.beats).held).toBe(held);
    expect(held).toBeGreaterThanOrEqual(0);
    expect(held).toBeLessThanOrEqual(stream.maxOccupancy);
  }
  for (const machine of pipeline.machines) {
    expect(beatsBefore(coarse(cycle), machine)).toBe(beatsBefore(fine(cycle), machine));
  }
});

test("the time of a frame so far is that of the machine's report when the frame is done", () => {
  const machine = pipeline.machines.find(({ name }) => name === "MVAU_hls_13");
  const frame = machine?.report.perFrame[0];
  if (!machine || !frame) throw new Error("no such machine");
  const last = coarse(frame.done);
  const spent = soFar(last, machine);
  expect(frameAt(last, machine)).toBe(0);
  expect((spent?.busy ?? 0) * last.atCycle).toBeCloseTo(
    pipeline.simulation.trace?.machines[machine.index]?.busy[last.at] ?? -1,
    6,
  );
  const next = coarse(frame.done + 512);
  const behind = soFar(next, machine);
  expect(frameAt(next, machine)).toBe(1);
  expect((behind?.busy ?? 0) + (behind?.starved ?? 0) + (behind?.blocked ?? 0)).toBeCloseTo(1, 10);
});

test("frame 2 comes in while frame 1 is deep in the pipeline", () => {
  const moment = coarse(150_000);
  expect(framesBetween(pipeline, moment, 0, pipeline.machines.length - 1)).toEqual([1, 2]);
  const frames = pipeline.groups.map((group) => groupMoment(pipeline, moment, group).frames);
  expect(frames[0]).toEqual([2]);
  expect(frames[13]).toEqual([1]);
  expect(describeMoment(pipeline, moment)).toMatch(
    /^Cycles 149,760 to 150,015: frames 1 and 2 are under way\. Of 81 machines \d+ are busy, \d+ starved, \d+ blocked\.$/,
  );
});

test("at the very start nothing has come in yet", () => {
  expect(framesBetween(pipeline, coarse(0), 0, pipeline.machines.length - 1)).toEqual([]);
  expect(pipeline.machines.every((machine) => soFar(coarse(0), machine) === null)).toBe(true);
});

test("frames in words", () => {
  expect(describeFrames([])).toBe("no frame is under way");
  expect(describeFrames([4])).toBe("frame 4 is under way");
  expect(describeFrames([4, 5, 6])).toBe("frames 4, 5 and 6 are under way");
});

test("the state is what took most of the time", () => {
  expect(stateOf({ busy: 0.5, starved: 0.5, blocked: 0 })).toBe("busy");
  expect(stateOf({ busy: 0.2, starved: 0.5, blocked: 0.3 })).toBe("starved");
  expect(stateOf({ busy: 0.2, starved: 0.3, blocked: 0.5 })).toBe("blocked");
});
