import type { MachineReport, Simulation, StreamReport } from "../../src/simulator/result";

const stream = (name: string, from: string, to: string, depth: number, most: number): StreamReport => ({
  name,
  from,
  to,
  isFifo: name.startsWith("StreamingFIFO"),
  depth,
  beats: 100,
  maxOccupancy: most,
});

const machine = (name: string, kind: MachineReport["kind"], busy: number): MachineReport => ({
  name,
  kind,
  beatsIn: 200,
  beatsOut: 200,
  busy,
  starved: 10,
  blocked: 20,
  perFrame: [],
});

/** What a simulation of an MVAU between its DMAs could say: 1,000 cycles a frame. */
export const steadySimulation: Simulation = {
  cycles: 3500,
  frames: [
    { firstIn: 0, lastIn: 99, firstOut: 1200, lastOut: 1499 },
    { firstIn: 100, lastIn: 1099, firstOut: 2200, lastOut: 2499 },
    { firstIn: 1100, lastIn: 2099, firstOut: 3200, lastOut: 3499 },
  ],
  steady: {
    interval: 1000,
    fromFrame: 1,
    bottleneck: { machine: "MVAU_hls_0", busyCycles: 1000, limit: "node", fullStreams: [], heldUpBy: null },
  },
  deadlock: null,
  machines: [
    machine("idma0", "IODMA", 300),
    machine("MVAU_hls_0", "MVAU", 3000),
    machine("odma0", "IODMA", 300),
  ],
  streams: [
    stream("StreamingFIFO_rtl_0", "idma0", "MVAU_hls_0", 2048, 2048),
    stream("MVAU_hls_0 -> odma0", "MVAU_hls_0", "odma0", 1, 1),
  ],
  trace: null,
};

/** The same with a FIFO that is too shallow: it stops before the first result. */
export const deadlockedSimulation: Simulation = {
  ...steadySimulation,
  cycles: 1235,
  frames: [],
  steady: null,
  deadlock: {
    cycle: 1234,
    waiting: [
      { machine: "idma0", what: "room", stream: "StreamingFIFO_rtl_0", held: 2, depth: 2 },
      { machine: "FMPadding_rtl_0", what: "room", stream: "StreamingFIFO_rtl_1", held: 4, depth: 4 },
      { machine: "MVAU_hls_0", what: "beat", stream: "StreamingFIFO_rtl_2", held: 0, depth: 2 },
      { machine: "odma0", what: "beat", stream: "StreamingFIFO_rtl_3", held: 0, depth: 2 },
    ],
  },
};
