import type { ComparisonSetup, FrameRecord } from "./comparison";
import { type Cell, toCsv } from "./csv";

/** A frame with what it is a comparison of. */
export interface FrameOfSetup extends FrameRecord {
  readonly setup: ComparisonSetup;
}

/**
 * One line a frame, of one comparison or of many: a line says by itself what it is of.
 * @param appVersion of Streamscope
 */
export function framesCsv(records: readonly FrameOfSetup[], appVersion: string): string {
  const ranks = Math.max(
    0,
    ...records.flatMap(({ emulator, endpoint }) => [emulator.top.length, endpoint.top.length]),
  );
  const columns: readonly (readonly [name: string, of: (record: FrameOfSetup) => Cell])[] = [
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
    ["endpoint_parameters_left_out", ({ endpoint }) => endpoint.parametersLeftOut],
    ["app_version", () => appVersion],
    ["model_name", ({ setup }) => setup.model.name],
    ["model_sha256", ({ setup }) => setup.model.checksum],
    ["engine", ({ setup }) => setup.model.engine.label],
    ["endpoint_address", ({ setup }) => setup.endpoint.address],
    ["server_name", ({ setup }) => setup.endpoint.info.server.name],
    ["server_version", ({ setup }) => setup.endpoint.info.server.version],
    ["endpoint_model", ({ setup }) => setup.endpoint.info.model.name],
    ["endpoint_model_versions", ({ setup }) => setup.endpoint.info.model.versions.join(" ")],
    ["endpoint_platform", ({ setup }) => setup.endpoint.info.model.platform],
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
