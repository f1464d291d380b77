import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { framePatience } from "./frame-patience";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A frame that waits for an answer which may never come. */
function setUp() {
  const said: boolean[] = [];
  const patience = framePatience(1000, (isLate) => said.push(isLate));
  let released = 0;
  const hold = (answered: Promise<void>) => {
    const held = patience.hold(answered);
    void held?.then(() => {
      released += 1;
    });
    return held;
  };
  return { patience, hold, said, released: () => released };
}

const never = new Promise<void>(() => {});

test("an answer in time lets its frame go, and nothing is late", async () => {
  const { patience, hold, said, released } = setUp();
  patience.begin();
  hold(Promise.resolve());
  await vi.advanceTimersByTimeAsync(999);
  patience.end();
  await vi.advanceTimersByTimeAsync(5000);
  expect(released()).toBe(1);
  expect(said).toEqual([]);
});

test("a late one lets its frame go without the answer, and none is held until one is in time", async () => {
  const { patience, hold, said, released } = setUp();
  patience.begin();
  hold(never);
  await vi.advanceTimersByTimeAsync(999);
  expect(released()).toBe(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(released()).toBe(1);
  expect(hold(never)).toBeUndefined();
  patience.end();
  patience.end();
  expect(hold(never)).toBeUndefined();
  patience.begin();
  patience.end();
  expect(said).toEqual([true, false]);
  expect(hold(never)).toBeDefined();
});

test("begun anew, nothing is held or late", async () => {
  const { patience, hold, said, released } = setUp();
  patience.begin();
  hold(never);
  patience.reset();
  await vi.advanceTimersByTimeAsync(5000);
  expect([released(), said]).toEqual([1, []]);
});
