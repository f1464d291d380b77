import { expect, test } from "vitest";
import { TwoSidedLedger } from "./two-sided-ledger";

test("both sides are told in order of time, however far one was ahead", () => {
  const sides = new TwoSidedLedger({ resolution: 1 }, 2);
  for (const cycle of [0, 1, 4]) sides.took(cycle, 0);
  // Its words were in by cycle 2, but there was room only in cycle 6.
  sides.gave(6, 2, 2);
  sides.gave(7, 0, 7);
  sides.settle();
  const { ledger } = sides;
  // Busy in 0, 1, 4, 6, 7; blocked in 2, 3, 5.
  expect(Array.from(ledger.trace(8).busy)).toEqual([0, 1, 2, 2, 2, 3, 3, 4, 5]);
  expect(Array.from(ledger.trace(8).blocked)).toEqual([0, 0, 0, 1, 2, 2, 3, 3, 3]);
  expect(ledger.perFrame).toEqual([{ busy: 5, starved: 0, blocked: 3, done: 7 }]);
});

test("a side that is quiet holds the other back until it is known", () => {
  const sides = new TwoSidedLedger(null, 1);
  sides.gave(5, 1, 1);
  sides.gave(6, 1, 6);
  expect(sides.ledger.now).toBe(0);
  sides.took(0, 0);
  // The beat taken in cycle 0 comes first; whether another came before cycle 5 is not known.
  expect(sides.ledger.now).toBe(1);
  sides.took(9, 0);
  expect(sides.ledger.now).toBe(7);
  sides.settle();
  expect(sides.ledger).toMatchObject({ now: 10, busy: 4, blocked: 4 });
});

test("a beat on both sides in one cycle is one busy cycle", () => {
  const sides = new TwoSidedLedger(null, 1);
  sides.took(0, 0);
  sides.took(1, 0);
  sides.gave(1, 1, 1);
  sides.settle();
  expect(sides.ledger).toMatchObject({ now: 2, busy: 2, blocked: 0 });
});

test("between two frames it is at work until it may take again, then starved", () => {
  const sides = new TwoSidedLedger(null, 1);
  sides.took(0, 0);
  sides.gave(1, 1, 1);
  // It could take from cycle 4 on, and a beat came in cycle 6.
  sides.took(6, 4);
  sides.gave(7, 7, 7);
  sides.settle();
  expect(sides.ledger.perFrame).toEqual([
    { busy: 2, starved: 0, blocked: 0, done: 1 },
    { busy: 4, starved: 2, blocked: 0, done: 7 },
  ]);
});

test("the last beats of a frame that wait for room are blocked, though the next frame may not come yet", () => {
  const sides = new TwoSidedLedger(null, 2);
  sides.took(0, 0);
  sides.gave(1, 1, 1);
  sides.gave(5, 0, 2);
  sides.took(6, 6);
  sides.settle();
  expect(sides.ledger).toMatchObject({ now: 7, busy: 4, blocked: 3 });
});
