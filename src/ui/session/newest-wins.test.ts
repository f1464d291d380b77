import { expect, test } from "vitest";
import { settled } from "../testing/fake-emulator";
import { newestWins } from "./newest-wins";

/** Work that a test ends by hand. */
function byHand() {
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const lane = newestWins<string>((item) => {
    begun.push(item);
    return new Promise((resolve) => ends.push(resolve));
  });
  const end = async () => {
    ends.shift()?.();
    await settled();
  };
  return { lane, begun, end };
}

/** Notes when a promise settles. */
function watched(promise: Promise<void>) {
  const state = { settled: false };
  void promise.then(() => {
    state.settled = true;
  });
  return state;
}

test("never works on two at once, and takes the newest next", async () => {
  const { lane, begun, end } = byHand();
  const [a, b, c] = ["a", "b", "c"].map((item) => watched(lane.offer(item)));
  await settled();
  expect(begun).toEqual(["a"]);
  expect([a?.settled, b?.settled, c?.settled]).toEqual([false, true, false]);
  await end();
  expect(begun).toEqual(["a", "c"]);
  expect([a?.settled, c?.settled]).toEqual([true, false]);
  await end();
  expect(c?.settled).toBe(true);
  void lane.offer("d");
  expect(begun).toEqual(["a", "c", "d"]);
});

test("what waits can be given up", async () => {
  const { lane, begun, end } = byHand();
  void lane.offer("a");
  const b = watched(lane.offer("b"));
  lane.clear();
  await end();
  expect(b.settled).toBe(true);
  expect(begun).toEqual(["a"]);
});
