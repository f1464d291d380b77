import { expect, test } from "vitest";
import { StreamscopeError } from "../graph/errors";
import type { Network } from "./network";
import { isLargeTrace, refuseLargeTrace, refuseLateTrace } from "./trace-size";

/** As large as the built-in network on the U250, so many cycles on. */
const network = (cycles: number) =>
  ({ machines: { length: 81 }, streams: { length: 80 }, cycles }) as unknown as Network;

const thrownBy = (work: () => void): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  return null;
};

test("a trace of too many bins is refused, and coarser bins help", () => {
  const error = thrownBy(() => refuseLargeTrace(network(1_000_000), { resolution: 1 }));
  expect(isLargeTrace(error)).toBe(true);
  expect(String(error)).toContain("Choose a coarser resolution");
  expect(thrownBy(() => refuseLargeTrace(network(1_000_000), { resolution: 32 }))).toBeNull();
  expect(thrownBy(() => refuseLargeTrace(network(1_000_000), { from: 900_000, resolution: 4 }))).toBeNull();
});

test("other refusals are none of a large trace", () => {
  expect(isLargeTrace(thrownBy(() => refuseLateTrace({ from: 10, resolution: 1 }, 5)))).toBe(false);
  expect(isLargeTrace(new StreamscopeError("worker-lost", "Gone.", { most: 1 }))).toBe(false);
});
