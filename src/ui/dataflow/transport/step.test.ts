import { beforeAll, beforeEach, expect, test } from "vitest";
import { foldedFor } from "../../../hardware/testing/shipped-graph";
import { simulate } from "../../../simulator/simulate";
import { type AppStore, createAppStore } from "../../state/store";
import type { Pipeline } from "../model/pipeline";
import { simulated } from "../testing/simulated";
import { step } from "./step";

let pipeline: Pipeline;
let store: AppStore;
const windows: { from: number; to: number }[] = [];

/** Simulates single cycles when asked, as the session does. */
const session = {
  async fine(from: number, to: number) {
    windows.push({ from, to });
    const { trace } = await simulate(foldedFor("U250", "from-weights"), {
      frames: 1,
      trace: { from, to, resolution: 1 },
    });
    if (trace) store.getState().setFineTrace({ design: pipeline.design, trace });
  },
};

beforeAll(async () => {
  pipeline = await simulated("U250", { frames: 1, trace: { resolution: 256 } });
});
beforeEach(() => {
  windows.length = 0;
  store = createAppStore();
  store.getState().setStreaming({ design: pipeline.design, simulation: pipeline.simulation });
});

const machine = (name: string) => {
  const found = pipeline.machines.find((other) => other.name === name);
  if (!found) throw new Error("no such machine");
  return found;
};
const cycle = () => store.getState().cycle;
const go = (name: string, direction: 1 | -1, unit: "beat" | "row" = "beat") =>
  step({ store, session }, { machine: machine(name), direction, unit });

test("the first pixel is in at cycle 0, the next at 1; back is where one came from", async () => {
  await go("idma0", 1);
  expect(cycle()).toBe(1);
  await go("idma0", 1);
  expect(cycle()).toBe(2);
  await go("idma0", -1);
  expect(cycle()).toBe(1);
  expect(windows).toHaveLength(1);
});

test("a beat far away is found by the coarse trace and fetched", async () => {
  await go("LabelSelect_hls_0", 1);
  const { frames } = pipeline.simulation;
  // The result is taken by the output a cycle after the label selection gives it.
  expect(cycle()).toBe((frames[0]?.firstOut ?? 0) - 1);
  expect(windows).toHaveLength(2);
});

test("a row is the beats of a row of the feature map", async () => {
  await go("MVAU_hls_0", 1);
  const first = cycle();
  await go("MVAU_hls_0", 1, "row");
  // 111 pixels a row and 9 cycles a pixel; the first beat is where the row begins.
  expect(cycle() - first).toBe(110 * 9);
  await go("MVAU_hls_0", -1, "row");
  expect(cycle()).toBe(0);
});

test("after the last beat there is only the end", async () => {
  store.getState().setCycle(pipeline.simulation.cycles - 1);
  await go("idma0", 1);
  expect(cycle()).toBe(pipeline.simulation.cycles - 1);
});

test("without a simulation nothing happens", async () => {
  store = createAppStore();
  await go("idma0", 1);
  expect(windows).toHaveLength(0);
});
