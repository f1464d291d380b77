import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import CRC32 from "crc-32";
import { StreamscopeError } from "../../../graph/errors";
import type { SetFile } from "../../../inputs/image-set/image-set";
import type { NetworkRun, PreparedInput } from "../../../workers/emulator-api";
import { limiter } from "./limiter";
import { type EmulatorAnswer, type EndpointAnswer, type FileRecord, isFinal } from "./record";

export interface RunFilesOptions {
  readonly files: readonly SetFile[];
  /** What is known of a file from before; it is not done again if the file is still the same. */
  recordOf(path: string): FileRecord | undefined;
  prepare(file: File, signal: AbortSignal): Promise<PreparedInput>;
  /** Null to leave the emulator out. */
  readonly emulate: ((input: Uint8Array, signal: AbortSignal) => Promise<NetworkRun>) | null;
  /** Null to leave the endpoints out. Rejects with `aborted` on the signal. */
  readonly ask: ((input: Uint8Array) => Promise<EndpointAnswer>) | null;
  /** How many files may be under way: each has its input in memory, which bounds it whatever the set. */
  readonly underWay: number;
  onRecord(record: FileRecord): void;
  /** What is under way is given up, without a record. */
  readonly signal: AbortSignal;
}

/** Decoded pictures are large: one in the works, one on its way. */
const preparing = 2;
/** The emulator computes one after the other; a second one waits at its door. */
const emulating = 2;

/**
 * Runs the files in their order. Each is decoded once, and the same bytes go to the emulator and to
 * the endpoints. What is wrong with a file is its record's, and the others go on. Resolves when all
 * have their record, or on the signal.
 */
export async function runFiles(options: RunFilesOptions): Promise<void> {
  const { files, underWay, onRecord, signal } = options;
  const runFile = fileRunner(options);
  const rest = files[Symbol.iterator]();
  const lane = async () => {
    for (const file of rest) {
      const record = await runFile(file);
      // An abort makes failures that are nobody's.
      if (signal.aborted) return;
      if (record) onRecord(record);
    }
  };
  await Promise.all(Array.from({ length: underWay }, lane));
}

/** The record of a file; null if the one that is there holds. */
function fileRunner(options: RunFilesOptions): (file: SetFile) => Promise<FileRecord | null> {
  const { recordOf, prepare, emulate, ask, signal } = options;
  const toPrepare = limiter(preparing);
  const toEmulate = limiter(emulating);

  const prepared = (file: File) => toPrepare(() => (signal.aborted ? stopped() : prepare(file, signal)));
  const emulated = (input: Uint8Array) =>
    emulate && toEmulate(() => (signal.aborted ? stopped() : emulate(input, signal))).then(emulatorAnswer);

  return async ({ path, open }) => {
    const file = await open().catch(() => null);
    if (!file) return { ...nothing, path, status: "missing", message: gone };
    const { size, lastModified: modifiedMs } = file;
    const before = recordOf(path);
    if (before && isFinal(before) && before.size === size && before.modifiedMs === modifiedMs) return null;
    const begun = { ...nothing, path, size, modifiedMs };
    try {
      const { input } = await prepared(file);
      const inputCrc32 = CRC32.buf(input) >>> 0;
      const inputSha256 = bytesToHex(sha256(input));
      const [emulator, endpoint] = await Promise.allSettled([emulated(input), ask?.(input) ?? null]);
      const failed = [emulator, endpoint].find(({ status }) => status === "rejected");
      const record = {
        ...begun,
        inputCrc32,
        inputSha256,
        emulator: answerIn(emulator),
        endpoint: answerIn(endpoint),
      };
      return failed?.status === "rejected"
        ? { ...record, status: "failed", message: sentence(failed.reason) }
        : { ...record, status: "done" };
    } catch (error) {
      if (!(error instanceof StreamscopeError) || error.code !== "bad-image") {
        return { ...begun, status: "failed", message: sentence(error) };
      }
      // A file that went away since it was opened also reads as none of our pictures.
      return (await isThere(file))
        ? { ...begun, status: "broken", message: error.message }
        : { ...begun, status: "missing", message: gone };
    }
  };
}

const nothing = {
  size: null,
  modifiedMs: null,
  message: null,
  inputCrc32: null,
  inputSha256: null,
  emulator: null,
  endpoint: null,
} satisfies Partial<FileRecord>;

const gone = "The file is gone, was changed, or may not be read any more.";

const stopped = () => Promise.reject(new StreamscopeError("aborted", "Stopped."));

const sentence = (error: unknown) => (error instanceof Error ? error.message : String(error));

function emulatorAnswer({ top, engine, runMs }: NetworkRun): EmulatorAnswer {
  return {
    top: top.map(({ index }) => index),
    logits: top.map(({ logit }) => logit),
    engine: engine.label,
    runMs,
  };
}

function answerIn<T>(outcome: PromiseSettledResult<T>): T | null {
  return outcome.status === "fulfilled" ? outcome.value : null;
}

async function isThere(file: File): Promise<boolean> {
  return file
    .slice(0, 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    );
}
