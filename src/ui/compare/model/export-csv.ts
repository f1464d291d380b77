import type { Comparison, FrameRecord } from "./comparison";
import { type Cell, toCsv } from "./csv";

/**
 * One line a frame; what holds for all of them stands in each line, so that a line says by itself
 * what it is of.
 * @param appVersion of Streamscope
 */
export function comparisonCsv({ records, setup }: Comparison, appVersion: string): string {
  const ranks = Math.max(
    0,
    ...records.flatMap(({ emulator, endpoint }) => [emulator.top.length, endpoint.top.length]),
  );
  const columns: readonly (readonly [name: string, of: (record: FrameRecord) => Cell])[] = [
    ["frame", ({ number }) => number],
    ["time", ({ takenAt }) => new Date(takenAt).toISOString()],
    ["source", ({ photo }) => photo ?? "camera"],
    ["input_sha256", ({ inputSha256 }) => inputSha256],
    ["same_first", ({ agreement }) => agreement.sameFirst],
    ["same_set", ({ agreement }) => agreement.sameSet],
    ["same_order", ({ agreement }) => agreement.sameOrder],
    ...ranked("emulator", ranks, ({ emulator }, rank) => emulator.top[rank]?.index ?? null),
    ...ranked("endpoint", ranks, ({ endpoint }, rank) => endpoint.top[rank] ?? null),
    ["emulator_prepare_ms", ({ emulator }) => emulator.prepareMs],
    ["emulator_run_ms", ({ emulator }) => emulator.runMs],
    ["endpoint_total_ms", ({ endpoint }) => endpoint.latency.totalMs],
    ["endpoint_network_ms", ({ endpoint }) => endpoint.latency.networkMs],
    ["endpoint_queue_ms", ({ endpoint }) => endpoint.latency.queueMs],
    ["endpoint_device_ms", ({ endpoint }) => endpoint.latency.deviceMs],
    ["endpoint_parameters", ({ endpoint }) => JSON.stringify(endpoint.parameters)],
    ["app_version", () => appVersion],
    ["model_name", () => setup.model.name],
    ["model_sha256", () => setup.model.checksum],
    ["engine", () => setup.model.engine.label],
    ["endpoint_address", () => setup.endpoint.address],
    ["server_name", () => setup.endpoint.info.server.name],
    ["server_version", () => setup.endpoint.info.server.version],
    ["endpoint_model", () => setup.endpoint.info.model.name],
    ["endpoint_model_versions", () => setup.endpoint.info.model.versions.join(" ")],
    ["endpoint_platform", () => setup.endpoint.info.model.platform],
  ];
  return toCsv([
    columns.map(([name]) => name),
    ...records.map((record) => columns.map(([, of]) => of(record))),
  ]);
}

/** A column for each rank, from 1. */
function ranked(side: string, ranks: number, of: (record: FrameRecord, rank: number) => Cell) {
  return Array.from(
    { length: ranks },
    (_, rank) => [`${side}_${rank + 1}`, (record: FrameRecord) => of(record, rank)] as const,
  );
}
