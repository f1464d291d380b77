import fc from "fast-check";
import { expect, test } from "vitest";
import { splitLatency } from "./remote-latency";

const ms = fc.integer({ min: 0, max: 10_000 });

test("the parts sum up to the total", () => {
  fc.assert(
    fc.property(ms, ms, ms, (network, queue, device) => {
      const { networkMs, queueMs, deviceMs, totalMs } = splitLatency({
        total: network + queue + device,
        queue,
        device,
      });
      expect([networkMs, queueMs, deviceMs]).toEqual([network, queue, device]);
      expect(totalMs).toBe(network + queue + device);
    }),
  );
});

test("what the endpoint does not say is not made up", () => {
  expect(splitLatency({ total: 12, queue: null, device: 4 })).toEqual({
    totalMs: 12,
    networkMs: null,
    queueMs: null,
    deviceMs: 4,
  });
});

test("parts longer than the whole leave the network's unknown", () => {
  expect(splitLatency({ total: 5, queue: 4, device: 3 }).networkMs).toBeNull();
});
