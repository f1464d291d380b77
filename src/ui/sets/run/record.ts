import * as v from "valibot";

const index = v.pipe(v.number(), v.integer(), v.minValue(0));
const timeMs = v.number();

/** What came of one file. Kept over a reload; says nothing of labels, which can be changed at any time. */
const recordSchema = v.object({
  path: v.string(),
  /** Bytes and time of the file as it was; null if it could not be opened. */
  size: v.nullable(v.number()),
  modifiedMs: v.nullable(timeMs),
  /**
   * `done`: all sides answered; `broken`: the file holds no picture that we can read; `missing`: it is gone;
   * `failed`: it is a picture, but a side gave no answer. The last two are tried again.
   */
  status: v.picklist(["done", "broken", "missing", "failed"]),
  /** Why not, in a sentence; null if it is done. */
  message: v.nullable(v.string()),
  /** CRC-32 of the bytes that both sides were given; null if there were none. */
  inputCrc32: v.nullable(v.number()),
  /** SHA-256 of them in hexadecimal digits; null in records of older versions too. */
  inputSha256: v.nullish(v.string(), null),
  emulator: v.nullable(
    v.object({ top: v.array(index), logits: v.array(v.number()), engine: v.string(), runMs: timeMs }),
  ),
  endpoint: v.nullable(
    v.object({
      address: v.string(),
      top: v.array(index),
      /** Images that went in the same request. */
      batch: index,
      /** Of that request: as the page measured it, and as the endpoint says. */
      totalMs: timeMs,
      queueMs: v.nullable(timeMs),
      deviceMs: v.nullable(timeMs),
    }),
  ),
});

export type FileRecord = v.InferOutput<typeof recordSchema>;
export type EmulatorAnswer = NonNullable<FileRecord["emulator"]>;
export type EndpointAnswer = NonNullable<FileRecord["endpoint"]>;

export function readRecord(value: unknown): FileRecord | null {
  const parsed = v.safeParse(recordSchema, value);
  return parsed.success ? parsed.output : null;
}

/** Would the same file come to the same again? */
export function isFinal({ status }: FileRecord): boolean {
  return status === "done" || status === "broken";
}
