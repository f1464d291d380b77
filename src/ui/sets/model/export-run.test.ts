import { expect, test } from "vitest";
import { noLabels } from "../../../inputs/image-set/labelling";
import type { EndpointInfo } from "../../../remote/endpoint";
import type { RunSnapshot } from "../run/run-snapshot";
import { badRecord, doneRecord, runHeader } from "../testing/fake-run";
import { runCsv, runJson } from "./export-run";
import { Tallier } from "./tally";

const info: EndpointInfo = {
  server: { name: "streamscope-endpoint", version: "0.1.0", extensions: ["binary_tensor_data"] },
  model: {
    name: "tiny",
    versions: ["1", "2"],
    platform: "pynq",
    input: { name: "in", datatype: "UINT8", shape: [-1, 4, 4, 3] },
    output: { name: "out", datatype: "INT64", shape: [-1, 5] },
    classes: 10,
  },
  binary: true,
};
const records = [
  doneRecord('3/a, "b".jpg', [3, 1, 2, 4, 5], [3, 1, 2, 5, 4]),
  badRecord("broken.jpg", "broken"),
];
const run: RunSnapshot = {
  header: runHeader({
    endpoints: [{ address: "http://card", info }],
    labelling: { ...noLabels, labels: new Map([['3/a, "b".jpg', 3]]) },
  }),
  phase: "done",
  halt: null,
  hasFolder: true,
  tally: new Tallier().snapshot(),
  perSecond: null,
  endpoints: [],
  isKept: true,
  records: new Map(records.map((record) => [record.path, record])),
};
const options = { appVersion: "9.9.9", classNames: ["a", "b", "c", "d"] };

test("a CSV line says all of its file, and what it is of", () => {
  const [head, good, broken, end] = runCsv(run, options).split("\r\n");
  const columns = head!.split(",");
  // The path is the only cell with a comma in it.
  const cells = good!.replace('"3/a, ""b"".jpg"', "PATH").split(",");
  const cell = (name: string) => cells[columns.indexOf(name)];
  expect(cells).toHaveLength(columns.length);
  expect(["path", "status", "label", "label_name", "input_crc32", "input_sha256"].map(cell)).toEqual([
    "PATH",
    "done",
    "3",
    "d",
    "deadbeef",
    "ab".repeat(32),
  ]);
  expect([1, 2, 3, 4, 5].map((rank) => cell(`emulator_${rank}`))).toEqual(["3", "1", "2", "4", "5"]);
  expect([1, 2, 3, 4, 5].map((rank) => cell(`endpoint_${rank}`))).toEqual(["3", "1", "2", "5", "4"]);
  expect(["same_first", "same_set", "same_order"].map(cell)).toEqual(["true", "true", "false"]);
  expect(["app_version", "model_sha256", "engine"].map(cell)).toEqual([
    "9.9.9",
    "0".repeat(64),
    "WebGPU on a test adapter",
  ]);
  expect(
    ["endpoint_address", "server_name", "endpoint_model_versions", "endpoint_platform"].map(cell),
  ).toEqual(["http://card", "streamscope-endpoint", "1 2", "pynq"]);
  expect(broken).toMatch(/^broken\.jpg,broken,It is broken\.,,,/);
  expect(end).toBe("");
});

test("JSON read back has the run, the endpoints' metadata and every file", () => {
  const read = JSON.parse(runJson(run, options, 1_700_000_000_000));
  expect(read).toMatchObject({
    format: "streamscope-set",
    version: 1,
    app: { version: "9.9.9" },
    exportedAt: "2023-11-14T22:13:20.000Z",
    model: run.header.model,
    endpoints: [{ address: "http://card", info }],
    labels: { source: { kind: "folders" }, labelled: 1 },
    tally: run.tally,
  });
  expect(read.files).toMatchObject([
    {
      path: '3/a, "b".jpg',
      label: 3,
      inputCrc32: "deadbeef",
      inputSha256: "ab".repeat(32),
      modified: "1970-01-01T00:00:00.005Z",
      emulator: { top: [3, 1, 2, 4, 5] },
      endpoint: { top: [3, 1, 2, 5, 4] },
      agreement: { sameFirst: true, sameSet: true, sameOrder: false },
    },
    { path: "broken.jpg", status: "broken", label: null, inputCrc32: null, agreement: null },
  ]);
});
