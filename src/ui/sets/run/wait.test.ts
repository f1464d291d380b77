import { getEventListeners } from "node:events";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { wait } from "./wait";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("ends in time and leaves nothing at the signal", async () => {
  const { signal } = new AbortController();
  const waiting = wait(1000, signal);
  expect(getEventListeners(signal, "abort")).toHaveLength(1);
  vi.advanceTimersByTime(1000);
  await waiting;
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
});

test("ends with the signal and leaves no timer", async () => {
  const ending = new AbortController();
  const waiting = wait(1000, ending.signal);
  ending.abort();
  await waiting;
  await wait(1000, ending.signal);
  expect(vi.getTimerCount()).toBe(0);
});
