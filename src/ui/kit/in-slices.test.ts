import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { inSlices } from "./in-slices";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

let taken: number;
function* work(steps: number): Generator<void, string> {
  for (taken = 0; taken < steps; taken++) yield;
  return "done";
}

test("the page has its turn before it, and after every slice", () => {
  const results: string[] = [];
  taken = -1;
  inSlices(work(3), (result) => results.push(result), { sliceMs: 0 });
  expect(taken).toBe(-1);
  for (const step of [0, 1, 2]) {
    vi.advanceTimersToNextTimer();
    expect([taken, results]).toEqual([step, []]);
  }
  vi.advanceTimersToNextTimer();
  expect(results).toEqual(["done"]);
  expect(vi.getTimerCount()).toBe(0);
});

test("steps that take no time are done in one slice", () => {
  const done = vi.fn();
  inSlices(work(1000), done);
  vi.advanceTimersToNextTimer();
  expect(done).toHaveBeenCalledExactlyOnceWith("done");
});

test("what was given up goes no further", () => {
  const done = vi.fn();
  const stop = inSlices(work(3), done, { sliceMs: 0 });
  vi.advanceTimersToNextTimer();
  stop();
  vi.runAllTimers();
  expect(taken).toBe(0);
  expect(done).not.toHaveBeenCalled();
});
