import { expect, test } from "vitest";
import { deadlockedSimulation, steadySimulation } from "../testing/hand-made-simulation";
import { simulatedPerformance } from "./simulated-performance";

test("the report of a steady pipeline", () => {
  expect(simulatedPerformance(steadySimulation, 5)).toEqual({
    clock_ns: 5,
    cycles: 3500,
    first_result_cycles: 1500,
    first_result_ns: 7500,
    steady: {
      interval_cycles: 1000,
      throughput_fps: 200_000,
      from_frame: 1,
      bottleneck: { name: "MVAU_hls_0", busy_cycles: 1000, limit: "node", full_fifos: [], held_up_by: null },
    },
    deadlock: null,
    frames: [
      { first_in: 0, last_in: 99, first_out: 1200, last_out: 1499 },
      { first_in: 100, last_in: 1099, first_out: 2200, last_out: 2499 },
      { first_in: 1100, last_in: 2099, first_out: 3200, last_out: 3499 },
    ],
    nodes: {
      idma0: { beats_in: 200, beats_out: 200, busy: 300, starved: 10, blocked: 20 },
      MVAU_hls_0: { beats_in: 200, beats_out: 200, busy: 3000, starved: 10, blocked: 20 },
      odma0: { beats_in: 200, beats_out: 200, busy: 300, starved: 10, blocked: 20 },
    },
    fifos: { StreamingFIFO_rtl_0: { depth: 2048, beats: 100, max_occupancy: 2048 } },
  });
});

test("the report of a deadlock has no result, and who waits", () => {
  const { first_result_cycles, first_result_ns, steady, deadlock } = simulatedPerformance(
    deadlockedSimulation,
    5,
  );
  expect([first_result_cycles, first_result_ns, steady]).toEqual([null, null, null]);
  expect(deadlock).toMatchObject({ cycle: 1234 });
  expect(deadlock?.waiting[1]).toEqual({
    name: "FMPadding_rtl_0",
    for: "room",
    fifo: "StreamingFIFO_rtl_1",
    held: 4,
    depth: 4,
  });
});
