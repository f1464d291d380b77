import type { FrameRecord } from "./comparison";

/** A measured part of the way from a picture to an answer. */
export interface LatencyPart {
  readonly key: string;
  readonly name: string;
  /** Milliseconds; null where nobody measured it. */
  readonly of: (record: FrameRecord) => number | null;
}

/** The emulator's parts, in the order of time. */
export const emulatorParts: readonly LatencyPart[] = [
  { key: "prepare", name: "Decode, resize, crop", of: ({ emulator }) => emulator.prepareMs },
  { key: "run", name: "Network run", of: ({ emulator }) => emulator.runMs },
];

/** The endpoint's parts, in the order of time as far as there is one. */
export const endpointParts: readonly LatencyPart[] = [
  { key: "network", name: "On the way", of: ({ endpoint }) => endpoint.latency.networkMs },
  { key: "queue", name: "In the queue", of: ({ endpoint }) => endpoint.latency.queueMs },
  { key: "device", name: "On the device", of: ({ endpoint }) => endpoint.latency.deviceMs },
];

export const endpointTotal: LatencyPart = {
  key: "total",
  name: "Sent to answered",
  of: ({ endpoint }) => endpoint.latency.totalMs,
};
