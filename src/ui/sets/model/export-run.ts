import { agreementOf } from "../../compare/model/agreement";
import { type Cell, toCsv } from "../../compare/model/csv";
import type { FileRecord } from "../run/record";
import type { RunSnapshot } from "../run/run-snapshot";

export interface ExportOptions {
  /** Of Streamscope. */
  readonly appVersion: string;
  /** Names of the classes by index; null where the package names none. */
  readonly classNames: readonly string[] | null;
}

/** An answer has so many classes at most. */
const ranks = 5;

/**
 * One line a file; what holds for all of them stands in each line, so that a line says by itself what
 * it is of.
 */
export function runCsv({ header, records }: RunSnapshot, { appVersion, classNames }: ExportOptions): string {
  const { labels } = header.labelling;
  const infoOf = ({ endpoint }: FileRecord) =>
    header.endpoints.find(({ address }) => address === endpoint?.address)?.info;
  const name = (index: number | undefined) => (index === undefined ? null : (classNames?.[index] ?? null));
  const columns: readonly (readonly [name: string, of: (record: FileRecord) => Cell])[] = [
    ["path", ({ path }) => path],
    ["status", ({ status }) => status],
    ["message", ({ message }) => message],
    ["label", ({ path }) => labels.get(path) ?? null],
    ["label_name", ({ path }) => name(labels.get(path))],
    ["input_crc32", ({ inputCrc32 }) => crcText(inputCrc32)],
    ["input_sha256", ({ inputSha256 }) => inputSha256],
    ...rankColumns("emulator", ({ emulator }) => emulator?.top),
    ...rankColumns("emulator_logit", ({ emulator }) => emulator?.logits),
    ["emulator_first_name", ({ emulator }) => name(emulator?.top[0])],
    ...rankColumns("endpoint", ({ endpoint }) => endpoint?.top),
    ["endpoint_first_name", ({ endpoint }) => name(endpoint?.top[0])],
    ["same_first", (record) => agreed(record)?.sameFirst ?? null],
    ["same_set", (record) => agreed(record)?.sameSet ?? null],
    ["same_order", (record) => agreed(record)?.sameOrder ?? null],
    ["emulator_run_ms", ({ emulator }) => emulator?.runMs ?? null],
    ["endpoint_batch", ({ endpoint }) => endpoint?.batch ?? null],
    ["endpoint_total_ms", ({ endpoint }) => endpoint?.totalMs ?? null],
    ["endpoint_queue_ms", ({ endpoint }) => endpoint?.queueMs ?? null],
    ["endpoint_device_ms", ({ endpoint }) => endpoint?.deviceMs ?? null],
    ["file_bytes", ({ size }) => size],
    ["file_modified", ({ modifiedMs }) => (modifiedMs === null ? null : isoTime(modifiedMs))],
    ["app_version", () => appVersion],
    ["model_name", () => header.model.name],
    ["model_sha256", () => header.model.checksum],
    ["engine", ({ emulator }) => emulator?.engine ?? null],
    ["endpoint_address", ({ endpoint }) => endpoint?.address ?? null],
    ["server_name", (record) => infoOf(record)?.server.name ?? null],
    ["server_version", (record) => infoOf(record)?.server.version ?? null],
    ["endpoint_model", (record) => infoOf(record)?.model.name ?? null],
    ["endpoint_model_versions", (record) => infoOf(record)?.model.versions.join(" ") ?? null],
    ["endpoint_platform", (record) => infoOf(record)?.model.platform ?? null],
  ];
  return toCsv([
    columns.map(([column]) => column),
    ...[...records.values()].map((record) => columns.map(([, of]) => of(record))),
  ]);
}

/**
 * Everything that is known of a run but the pictures: each file's input is named by the CRC-32
 * and the SHA-256 of its bytes, the model by its manifest's SHA-256.
 * @param exportedAt milliseconds since 1970
 */
export function runJson(
  { header, phase, tally, records }: RunSnapshot,
  { appVersion, classNames }: ExportOptions,
  exportedAt: number,
): string {
  const { startedAt, set, model, emulator, endpoints, labelSource, labelling } = header;
  const { labels, found, troubles } = labelling;
  return `${JSON.stringify(
    {
      format: "streamscope-set",
      version: 1,
      app: { name: "Streamscope", version: appVersion },
      exportedAt: isoTime(exportedAt),
      startedAt: isoTime(startedAt),
      phase,
      set,
      model,
      emulator,
      endpoints,
      labels: { source: labelSource, labelled: labels.size, found, troubles },
      classNames,
      tally,
      files: [...records.values()].map((record) => ({
        ...record,
        label: labels.get(record.path) ?? null,
        modifiedMs: undefined,
        modified: record.modifiedMs === null ? null : isoTime(record.modifiedMs),
        inputCrc32: crcText(record.inputCrc32),
        agreement: agreed(record),
      })),
    },
    null,
    1,
  )}\n`;
}

/** A column for each rank, from 1. */
function rankColumns(side: string, of: (record: FileRecord) => readonly number[] | undefined) {
  return Array.from(
    { length: ranks },
    (_, rank) => [`${side}_${rank + 1}`, (record: FileRecord): Cell => of(record)?.[rank] ?? null] as const,
  );
}

function agreed({ emulator, endpoint }: FileRecord) {
  return emulator && endpoint ? agreementOf(emulator.top, endpoint.top) : null;
}

/** Eight hexadecimal digits. */
function crcText(crc: number | null): string | null {
  return crc === null ? null : crc.toString(16).padStart(8, "0");
}

const isoTime = (ms: number): string => new Date(ms).toISOString();
