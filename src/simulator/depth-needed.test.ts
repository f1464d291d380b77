import { expect, test } from "vitest";
import { depthNeeded } from "./depth-needed";

const cycles = (...values: number[]) => Int32Array.from(values);
const fifo = { pace: 10, register: false };
const register = { pace: 10, register: true };

test("a beat that is taken in the next cycle needs one place, one behind the other two", () => {
  expect(depthNeeded(cycles(0), cycles(1), fifo)).toBe(1);
  expect(depthNeeded(cycles(0, 2, 4), cycles(1, 3, 5), fifo)).toBe(1);
  expect(depthNeeded(cycles(0, 1, 2), cycles(1, 2, 3), fifo)).toBe(2);
});

test("a bare connection passes beats on in every cycle", () => {
  expect(depthNeeded(cycles(0, 1, 2), cycles(1, 2, 3), register)).toBe(1);
  expect(depthNeeded(cycles(0, 1, 2), cycles(2, 3, 4), register)).toBe(2);
});

test("a burst waits for its reader", () => {
  expect(depthNeeded(cycles(0, 1, 2, 3), cycles(2, 4, 6, 8), fifo)).toBe(3);
});

test("beats of frames before are still there", () => {
  expect(depthNeeded(cycles(0, 1), cycles(14, 15), fifo)).toBe(4);
  expect(depthNeeded(cycles(-25, -24), cycles(1, 2), fifo)).toBe(6);
});
