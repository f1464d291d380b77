import { expect, test } from "vitest";
import { Ledger } from "./ledger";

test("time is told in order, and what is past is not told again", () => {
  const ledger = new Ledger(null);
  ledger.starvedUntil(3);
  ledger.busyUntil(5);
  ledger.starvedUntil(4);
  ledger.blockedUntil(9);
  ledger.busyUntil(10);
  expect(ledger).toMatchObject({ now: 10, busy: 3, blocked: 4 });
});

test("a frame's time goes from the last beat of the frame before to its own", () => {
  const ledger = new Ledger(null);
  ledger.starvedUntil(2);
  ledger.busyUntil(6);
  ledger.frameDone();
  ledger.blockedUntil(9);
  ledger.busyUntil(10);
  ledger.frameDone();
  expect(ledger.perFrame).toEqual([
    { busy: 4, starved: 2, blocked: 0, done: 5 },
    { busy: 1, starved: 0, blocked: 3, done: 9 },
  ]);
});

test("the trace has running totals, and may be asked for in mid-stretch", () => {
  const ledger = new Ledger({ resolution: 2 });
  ledger.busyUntil(1);
  ledger.starvedUntil(2);
  ledger.busyUntil(3);
  ledger.blockedUntil(6);
  ledger.busyUntil(7);
  const once = { busy: Uint32Array.of(0, 1, 2, 2, 3), blocked: Uint32Array.of(0, 0, 1, 3, 3) };
  expect(ledger.trace(4)).toEqual(once);
  expect(ledger.trace(4)).toEqual(once);
  ledger.busyUntil(8);
  expect(ledger.trace(4).busy.at(-1)).toBe(4);
});

test("without a window nothing is recorded", () => {
  const ledger = new Ledger(null);
  ledger.busyUntil(9);
  expect(ledger.trace(1)).toEqual({ busy: Uint32Array.of(0, 0), blocked: Uint32Array.of(0, 0) });
});
