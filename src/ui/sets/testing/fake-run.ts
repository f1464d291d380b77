import { noLabels } from "../../../inputs/image-set/labelling";
import type { EndpointAnswer, FileRecord } from "../run/record";
import type { RunHeader } from "../run/run-header";

export function runHeader(overrides: Partial<RunHeader> = {}): RunHeader {
  return {
    id: "run-1",
    startedAt: 1_700_000_000_000,
    state: "open",
    set: { name: "photos", images: 2, ignored: 0 },
    model: { name: "tiny", checksum: "0".repeat(64) },
    emulator: true,
    endpoints: [],
    labelSource: { kind: "folders" },
    labelling: { ...noLabels, labels: new Map([["7/a.jpg", 7]]) },
    folder: null,
    ...overrides,
  };
}

export function endpointAnswer(top: number[]): EndpointAnswer {
  return { address: "http://card", top, batch: 1, totalMs: 3, queueMs: 1, deviceMs: null };
}

/** A file that the emulator answered, and the endpoint if its answer is given. */
export function doneRecord(path: string, top: number[], remoteTop?: number[]): FileRecord {
  return {
    path,
    size: 10,
    modifiedMs: 5,
    status: "done",
    message: null,
    inputCrc32: 0xdeadbeef,
    inputSha256: "ab".repeat(32),
    emulator: { top, logits: top.map((_, i) => 50 - i), engine: "WebGPU on a test adapter", runMs: 2 },
    endpoint: remoteTop ? endpointAnswer(remoteTop) : null,
  };
}

/** A file without answers. */
export function badRecord(path: string, status: "broken" | "missing" | "failed"): FileRecord {
  return {
    ...doneRecord(path, []),
    status,
    message: `It is ${status}.`,
    inputCrc32: null,
    inputSha256: null,
    emulator: null,
  };
}
