import type { EndpointInfo } from "../../../../remote/endpoint";
import { type ComparisonSetup, judged, type KeptFrame } from "../comparison";

export const testInfo: EndpointInfo = {
  server: { name: "streamscope-endpoint", version: "0.1.0", extensions: ["binary_tensor_data"] },
  model: {
    name: "tiny",
    versions: ["1"],
    platform: "emulator",
    input: { name: "global_in", datatype: "UINT8", shape: [-1, 4, 4, 3] },
    output: { name: "global_out", datatype: "INT32", shape: [-1, 5] },
    classes: 1000,
  },
  binary: true,
};

export const testSetup: ComparisonSetup = {
  model: {
    name: "tiny",
    checksum: "ab".repeat(32),
    engine: {
      backend: "reference",
      label: "Reference",
      adapter: null,
      device: "cpu",
      variants: {},
      calibrationMs: {},
    },
  },
  endpoint: { address: "http://127.0.0.1:8000", info: testInfo },
};

/** A frame whose two sides say these classes. */
export function testFrame(
  number: number,
  emulated: readonly number[],
  remote: readonly number[],
  more: Partial<Omit<KeptFrame, "agreement">> = {},
): KeptFrame {
  return judged({
    setup: testSetup,
    number,
    photo: null,
    takenAt: Date.UTC(2026, 0, 2, 3, 4, 5) + number,
    inputSha256: "0f".repeat(32),
    input: Uint8Array.of(number),
    emulator: {
      top: emulated.map((index, rank) => ({ index, logit: 100 - rank, label: `class "${index}"` })),
      prepareMs: 3,
      runMs: 40,
    },
    endpoint: {
      top: remote,
      latency: { totalMs: 12, networkMs: 5, queueMs: 1, deviceMs: 6 },
      parameters: { batch_size: 1 },
      parametersLeftOut: 0,
    },
    ...more,
  });
}
