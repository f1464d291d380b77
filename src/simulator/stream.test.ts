import { expect, test } from "vitest";
import { StreamscopeError } from "../graph/errors";
import { Stream, UNKNOWN } from "./stream";

const fifo = (depth: number, beats = 4) => new Stream({ name: "fifo", depth, beats }, null);

test("a beat can be taken the cycle after it was put in", () => {
  const stream = fifo(2);
  expect(stream.arrival()).toBe(UNKNOWN);
  stream.put(5);
  expect(stream.arrival()).toBe(6);
});

test("a full FIFO has room again the cycle after a beat was taken", () => {
  const stream = fifo(2);
  expect(stream.room()).toBe(0);
  stream.put(0);
  stream.put(1);
  expect(stream.room()).toBe(UNKNOWN);
  stream.take(7);
  expect(stream.room()).toBe(8);
});

test("a register takes a beat in the cycle in which the one before leaves, and holds one", () => {
  const stream = new Stream({ name: "register", depth: 1, register: true, beats: 4 }, null);
  stream.put(0);
  expect(stream.room()).toBe(UNKNOWN);
  stream.take(3);
  expect(stream.room()).toBe(3);
  stream.put(3);
  stream.take(4);
  expect(stream.maxOccupancy).toBe(1);
});

test("a beat that comes beside one that goes needs a place of its own in a FIFO", () => {
  const stream = fifo(8);
  stream.put(0);
  stream.put(3);
  stream.take(3);
  expect(stream.maxOccupancy).toBe(2);
});

test("occupancy follows the order of time, whichever side was simulated first", () => {
  const stream = fifo(8);
  for (const cycle of [0, 1, 2, 9]) stream.put(cycle);
  for (const cycle of [1, 4, 5, 10]) stream.take(cycle);
  // After cycle 2 three have come and one has gone; in cycle 1 one comes beside the one that goes.
  expect(stream.maxOccupancy).toBe(2);
});

test("what is never taken counts once all is settled", () => {
  const stream = fifo(8);
  for (const cycle of [0, 1, 2]) stream.put(cycle);
  expect(stream.maxOccupancy).toBe(0);
  stream.settle();
  expect(stream.maxOccupancy).toBe(3);
});

test("a FIFO without a limit remembers as much as it must", () => {
  const stream = fifo(Number.POSITIVE_INFINITY, 5000);
  for (let cycle = 0; cycle < 5000; cycle++) stream.put(cycle);
  expect(stream.room()).toBe(0);
  for (let beat = 0; beat < 5000; beat++) {
    expect(stream.arrival()).toBe(beat + 1);
    stream.take(6000 + beat);
  }
  expect(stream.maxOccupancy).toBe(5000);
});

test("frames: their first and last beats, and a shape that tells whether they are alike", () => {
  const stream = fifo(64, 3);
  // Gaps 2, 2, 3; then the same, ten cycles later; then another order.
  for (const cycle of [2, 4, 7, 9, 11, 14, 17, 19, 21]) stream.put(cycle);
  expect(stream.gaveFrame).toEqual([
    { first: 2, last: 7 },
    { first: 9, last: 14 },
    { first: 17, last: 21 },
  ]);
  const [first, second, third] = stream.frameShape;
  expect(second).toBe(first);
  expect(third).not.toBe(second);
  stream.take(3);
  stream.take(5);
  expect(stream.tookFrame).toEqual([]);
  stream.take(8);
  expect(stream.tookFrame).toEqual([{ first: 3, last: 8 }]);
});

test("cycles beyond 32 bits are refused", () => {
  const stream = fifo(2);
  stream.put(2 ** 31 - 2);
  expect(() => stream.put(2 ** 31 - 1)).toThrow(StreamscopeError);
});
