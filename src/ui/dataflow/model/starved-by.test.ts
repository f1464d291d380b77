import { expect, test } from "vitest";
import type { SteadyState } from "../../../simulator/result";
import type { Pipeline } from "./pipeline";
import { starvedBy } from "./starved-by";

/** A bin's state for all of its 10 cycles: busy, blocked or starved. */
type Bins = string;

/** Machines with what they do in one interval, and how long each is starved in a frame. */
function pipeline(bins: readonly Bins[], starved: readonly number[]): Pipeline {
  const totals = (of: Bins, letter: string) => {
    let sum = 0;
    return Uint32Array.from([0, ...[...of].map((bin) => (sum += bin === letter ? 10 : 0))]);
  };
  const machines = starved.map((cycles, index) => ({
    index,
    report: { perFrame: [{ starved: cycles }, { starved: cycles }] },
  }));
  const trace = {
    from: 0,
    resolution: 10,
    bins: bins[0]?.length ?? 0,
    machines: bins.map((of) => ({ busy: totals(of, "#"), blocked: totals(of, "X") })),
    streams: [],
  };
  const frames = [{}, { lastOut: trace.bins * 10 }];
  return { machines, simulation: { trace: bins.length > 0 ? trace : null, frames } } as unknown as Pipeline;
}

const steady = (interval: number) => ({ fromFrame: 1, interval }) as SteadyState;

function waitsFor(of: Pipeline, interval = 60): number | null {
  const last = of.machines.at(-1);
  if (!last) throw new Error("no machine");
  return starvedBy(of, last, steady(interval))?.index ?? null;
}

test("the one before, if it never starves: it worked whenever nothing came", () => {
  expect(waitsFor(pipeline([], [0, 0, 7]))).toBe(1);
});

test("else whoever worked in the longest wait, through those that waited too", () => {
  const bins = ["XXX###", "###XXX", "#.##..", "#.##.."];
  expect(waitsFor(pipeline(bins, [0, 0, 30, 30]))).toBe(1);
  expect(waitsFor(pipeline(["######", "##....", "#.##..", "#.##.."], [0, 40, 30, 30]))).toBe(0);
});

test("waits before the steady state count for nothing", () => {
  const bins = ["###X##X", "...##.#", "...##.#"];
  expect(waitsFor(pipeline(bins, [0, 1, 1]), 30)).toBe(0);
  expect(waitsFor(pipeline(["###X##X", "...##.#", "...####"], [0, 1, 1]), 30)).toBeNull();
});

test("waits shorter than a bin leave it open", () => {
  expect(waitsFor(pipeline(["####", "####", "####"], [0, 3, 3]))).toBeNull();
  expect(waitsFor(pipeline([], [0, 3, 3]))).toBeNull();
});
