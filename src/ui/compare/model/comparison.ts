import type { EndpointFault, EndpointInfo } from "../../../remote/endpoint";
import type { LoadedModel, NetworkRun } from "../../../workers/emulator-api";
import { type Agreement, agreementOf } from "./agreement";
import { keepNewest } from "./keep-newest";
import type { RemoteLatency } from "./remote-latency";

/** What is compared: one comparison is of one of each. */
export interface ComparisonSetup {
  readonly model: Pick<LoadedModel, "name" | "checksum" | "engine">;
  readonly endpoint: { readonly address: string; readonly info: EndpointInfo };
}

/** Both answers to one frame. */
export interface FrameRecord {
  /** Counts the frames that were offered to the two sides, from 1. */
  readonly number: number;
  /** Name of the photo; null for a frame of the camera. */
  readonly photo: string | null;
  /** Milliseconds since 1970. */
  readonly takenAt: number;
  /** SHA-256 of the bytes that both sides were given, in hex. */
  readonly inputSha256: string;
  readonly emulator: {
    readonly top: NetworkRun["top"];
    readonly prepareMs: number;
    readonly runMs: number;
  };
  readonly endpoint: {
    /** Class indices, best first. */
    readonly top: readonly number[];
    readonly latency: RemoteLatency;
    readonly parameters: Readonly<Record<string, string | number | boolean>>;
  };
  readonly agreement: Agreement;
}

/** A record with the very bytes that were compared. */
export interface KeptFrame extends FrameRecord {
  /** NHWC uint8, RGB. */
  readonly input: Uint8Array;
}

/** A frame that the endpoint was asked about in vain. */
export interface UnansweredFrame {
  readonly number: number;
  readonly takenAt: number;
  readonly fault: EndpointFault | null;
  readonly message: string;
}

/** How many of each are kept; the newest stay. */
export const bounds = {
  /** Without their pictures. */
  records: 20_000,
  /** With their pictures, to step back through. */
  recent: 60,
  /** With their pictures. */
  mismatches: 50,
  unanswered: 1_000,
} as const;

/** Everything that came of comparing one model on one engine with one endpoint. */
export interface Comparison {
  readonly setup: ComparisonSetup;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Of all frames, also of those no longer kept. */
  readonly counts: {
    readonly compared: number;
    readonly sameFirst: number;
    readonly sameSet: number;
    readonly sameOrder: number;
    readonly unanswered: number;
  };
  readonly records: readonly FrameRecord[];
  readonly recent: readonly KeptFrame[];
  /** Frames whose answers are not the same in every sense. */
  readonly mismatches: readonly KeptFrame[];
  readonly unanswered: readonly UnansweredFrame[];
}

export function newComparison(setup: ComparisonSetup, startedAt: number): Comparison {
  return {
    setup,
    startedAt,
    counts: { compared: 0, sameFirst: 0, sameSet: 0, sameOrder: 0, unanswered: 0 },
    records: [],
    recent: [],
    mismatches: [],
    unanswered: [],
  };
}

/** May a frame of this setup go into a comparison of that one? An engine set up again is the same. */
export function isSameSetup(one: ComparisonSetup, other: ComparisonSetup): boolean {
  return identity(one) === identity(other);
}

function identity({ model, endpoint }: ComparisonSetup): string {
  const { name, checksum, engine } = model;
  // What was timed at its start differs each time.
  const { calibrationMs: _, ...kind } = engine;
  return JSON.stringify({ name, checksum, kind, endpoint });
}

export function withFrame(comparison: Comparison, frame: Omit<KeptFrame, "agreement">): Comparison {
  const emulated = frame.emulator.top.map(({ index }) => index);
  const agreement = agreementOf(emulated, frame.endpoint.top);
  const kept: KeptFrame = { ...frame, agreement };
  const { input: _picture, ...record } = kept;
  const { counts, records, recent, mismatches } = comparison;
  return {
    ...comparison,
    counts: {
      ...counts,
      compared: counts.compared + 1,
      sameFirst: counts.sameFirst + Number(agreement.sameFirst),
      sameSet: counts.sameSet + Number(agreement.sameSet),
      sameOrder: counts.sameOrder + Number(agreement.sameOrder),
    },
    records: keepNewest(records, record, bounds.records),
    recent: keepNewest(recent, kept, bounds.recent),
    mismatches: agreement.sameOrder ? mismatches : keepNewest(mismatches, kept, bounds.mismatches),
  };
}

export function withUnanswered(comparison: Comparison, frame: UnansweredFrame): Comparison {
  const { counts, unanswered } = comparison;
  return {
    ...comparison,
    counts: { ...counts, unanswered: counts.unanswered + 1 },
    unanswered: keepNewest(unanswered, frame, bounds.unanswered),
  };
}

/** The user has seen a mismatch and does not want its picture any longer; the counts know it still. */
export function withoutMismatch(comparison: Comparison, number: number): Comparison {
  return { ...comparison, mismatches: comparison.mismatches.filter((frame) => frame.number !== number) };
}
