import type { EndpointInfo, RemoteResult } from "../../../remote/endpoint";
import type { LoadedModel, NetworkRun } from "../../../workers/emulator-api";
import type { EndpointFailure } from "../../session/endpoint-queries";
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
    /** What else it said of this answer, as far as there is room for it. */
    readonly parameters: RemoteResult["parameters"];
    /** How many of its parameters there was no room for. */
    readonly parametersLeftOut: number;
  };
  readonly agreement: Agreement;
}

/** A record with the very bytes that were compared, and what it is a comparison of. */
export interface KeptFrame extends FrameRecord {
  readonly setup: ComparisonSetup;
  /** NHWC uint8, RGB. */
  readonly input: Uint8Array;
}

/** A frame that the endpoint was asked about in vain. */
export interface UnansweredFrame extends EndpointFailure {
  readonly number: number;
  readonly takenAt: number;
}

/** How many of each are kept; the newest stay. */
export const bounds = {
  /** Without their pictures. */
  records: 20_000,
  /** With their pictures, to step back through. */
  recent: 60,
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
  readonly unanswered: readonly UnansweredFrame[];
}

export function newComparison(setup: ComparisonSetup, startedAt: number): Comparison {
  return {
    setup,
    startedAt,
    counts: { compared: 0, sameFirst: 0, sameSet: 0, sameOrder: 0, unanswered: 0 },
    records: [],
    recent: [],
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

/** The frame with how far its two answers agree. */
export function judged(frame: Omit<KeptFrame, "agreement">): KeptFrame {
  const emulated = frame.emulator.top.map(({ index }) => index);
  return { ...frame, agreement: agreementOf(emulated, frame.endpoint.top) };
}

export function withFrame(comparison: Comparison, frame: KeptFrame): Comparison {
  const { input: _picture, setup: _setup, ...record } = frame;
  const { agreement } = record;
  const { counts, records, recent } = comparison;
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
    recent: keepNewest(recent, frame, bounds.recent),
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
