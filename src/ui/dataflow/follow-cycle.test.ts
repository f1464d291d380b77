import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Simulation } from "../../simulator/result";
import type { FoldedDesign } from "../state/folding-slice";
import { type AppStore, createAppStore } from "../state/store";
import { followCycle } from "./follow-cycle";

const design = { board: "U250" } as FoldedDesign;
let store: AppStore;
let stop: () => void;
let asked: number[];
/** Does what is asked for come? */
let comes: boolean;

beforeEach(async () => {
  vi.useFakeTimers();
  asked = [];
  comes = true;
  store = createAppStore();
  const simulation = { cycles: 100_000 } as Simulation;
  store.getState().adoptFolding("a folding", design);
  store.getState().setStreaming({ design, simulation });
  const fine = async (from: number, to: number) => {
    asked.push(from);
    if (!comes) return;
    const trace = { from, bins: to - from, resolution: 1, machines: [], streams: [] };
    store.getState().setFineTrace({ design, trace });
  };
  stop = followCycle(store, { fine }, 100);
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

test("single cycles are fetched once the cycle stands, and not again nearby", async () => {
  store.getState().setCycle(50_000);
  store.getState().setCycle(10);
  await vi.advanceTimersByTimeAsync(500);
  expect(asked).toEqual([0]);
  store.getState().setCycle(20);
  await vi.advanceTimersByTimeAsync(500);
  expect(asked).toEqual([0]);
});

test("what did not come is asked for again when the cycle moves, and only then", async () => {
  comes = false;
  await vi.advanceTimersByTimeAsync(500);
  store.getState().notify("Single cycles cannot be shown.");
  await vi.advanceTimersByTimeAsync(500);
  expect(asked).toEqual([0]);
  comes = true;
  store.getState().setCycle(20);
  await vi.advanceTimersByTimeAsync(500);
  expect(asked).toEqual([0, 0]);
});

test("what gave way to another stretch is asked for again when that is there", async () => {
  comes = false;
  await vi.advanceTimersByTimeAsync(500);
  comes = true;
  const trace = { from: 50_000, bins: 100, resolution: 1, machines: [], streams: [] };
  store.getState().setFineTrace({ design, trace });
  await vi.advanceTimersByTimeAsync(500);
  expect(asked).toEqual([0, 0]);
});

test("what another stretch took the place of is asked for again, though the cycle never moved", async () => {
  await vi.advanceTimersByTimeAsync(500);
  expect(asked).toEqual([0]);
  const trace = { from: 50_000, bins: 100, resolution: 1, machines: [], streams: [] };
  store.getState().setFineTrace({ design, trace });
  await vi.advanceTimersByTimeAsync(500);
  expect(asked).toEqual([0, 0]);
});

test("a late cycle of a design to come stays until its simulation is there", async () => {
  await vi.advanceTimersByTimeAsync(500);
  asked = [];
  const { setWantedFolding, setCycleToCome, adoptFolding, setSimulating, setStreaming } = store.getState();
  setWantedFolding({ board: "ZCU104", differences: "" });
  setCycleToCome(700_000);
  await vi.advanceTimersByTimeAsync(500);
  const other = { board: "ZCU104" } as FoldedDesign;
  adoptFolding("the link's", other);
  setWantedFolding(null);
  setSimulating(0.5);
  await vi.advanceTimersByTimeAsync(500);
  expect(store.getState().cycle).toBe(700_000);
  expect(asked, "of a simulation without these cycles").toEqual([]);
  setStreaming({ design: other, simulation: { cycles: 900_000 } as Simulation });
  setSimulating(null);
  await vi.advanceTimersByTimeAsync(500);
  expect(store.getState().cycle).toBe(700_000);
  expect(asked).toHaveLength(1);
});

test("where that design cannot be had, the cycle is held within the one on screen", async () => {
  const { setWantedFolding, setCycleToCome } = store.getState();
  setWantedFolding({ board: "ZCU104", differences: "MVAU_rtl_3.PE-7" });
  setCycleToCome(700_000);
  expect(store.getState().cycle).toBe(700_000);
  setWantedFolding(null);
  expect(store.getState().cycle).toBe(99_999);
});
