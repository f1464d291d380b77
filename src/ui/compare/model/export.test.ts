import { expect, test } from "vitest";
import { type Comparison, newComparison, withFrame, withUnanswered } from "./comparison";
import { type FrameOfSetup, framesCsv } from "./export-csv";
import { comparisonJson } from "./export-json";
import { testFrame, testInfo, testSetup } from "./testing/frames";
import { parseCsv } from "./testing/parse-csv";

const frames = [
  testFrame(1, [5, 4, 3], [5, 4, 3]),
  testFrame(2, [5, 4, 3], [4, 5, 1], { photo: '=cmd|"x", panda.jpg' }),
];
const begun = newComparison(testSetup, Date.UTC(2026, 0, 2));
const compared = withUnanswered(frames.reduce(withFrame, begun), {
  number: 3,
  takenAt: Date.UTC(2026, 0, 3),
  fault: "timed-out",
  status: null,
  message: "No answer in time.",
});

const ofSetup = ({ records, setup }: Comparison): FrameOfSetup[] =>
  records.map((record) => ({ ...record, setup }));

/** A line of the table as an object. */
function line(csv: string, number: number): Record<string, string | undefined> {
  const [names = [], ...rows] = parseCsv(csv);
  return Object.fromEntries(names.map((name, i) => [name, rows[number]?.[i]]));
}

test("a line of the table says all of its frame, and what it is of", () => {
  const csv = framesCsv(ofSetup(compared), "1.2.3");
  expect(parseCsv(csv)).toHaveLength(3);
  expect(line(csv, 0)).toEqual({
    frame: "1",
    time: "2026-01-02T03:04:05.001Z",
    source: "camera",
    input_sha256: "0f".repeat(32),
    same_first: "true",
    same_set: "true",
    same_order: "true",
    emulator_1: "5",
    emulator_2: "4",
    emulator_3: "3",
    endpoint_1: "5",
    endpoint_2: "4",
    endpoint_3: "3",
    emulator_prepare_ms: "3",
    emulator_run_ms: "40",
    endpoint_total_ms: "12",
    endpoint_network_ms: "5",
    endpoint_queue_ms: "1",
    endpoint_device_ms: "6",
    endpoint_parameters: '{"batch_size":1}',
    endpoint_parameters_left_out: "0",
    app_version: "1.2.3",
    model_name: "tiny",
    model_sha256: "ab".repeat(32),
    engine: "Reference",
    endpoint_address: "http://127.0.0.1:8000",
    server_name: "streamscope-endpoint",
    server_version: "0.1.0",
    endpoint_model: "tiny",
    endpoint_model_versions: "1",
    endpoint_platform: "emulator",
  });
  expect(line(csv, 1)).toMatchObject({
    source: `'=cmd|"x", panda.jpg`,
    same_first: "false",
    same_set: "false",
    endpoint_3: "1",
  });
});

test("frames of two comparisons in one table each say what they are of", () => {
  const other = { ...testSetup, endpoint: { ...testSetup.endpoint, address: "http://other:8000" } };
  const csv = framesCsv([testFrame(1, [1], [2]), testFrame(7, [1], [2], { setup: other })], "1");
  expect(line(csv, 0)).toMatchObject({ frame: "1", endpoint_address: "http://127.0.0.1:8000" });
  expect(line(csv, 1)).toMatchObject({ frame: "7", endpoint_address: "http://other:8000" });
});

test("what the endpoint did not say is an empty cell", () => {
  const latency = { totalMs: 9, networkMs: null, queueMs: null, deviceMs: null };
  const frame = testFrame(1, [1], [1], {
    endpoint: { top: [1], latency, parameters: {}, parametersLeftOut: 0 },
  });
  expect(line(framesCsv([frame], "1"), 0)).toMatchObject({
    endpoint_total_ms: "9",
    endpoint_network_ms: "",
    endpoint_queue_ms: "",
    endpoint_device_ms: "",
  });
});

test("the JSON file holds the whole comparison without its pictures", () => {
  const read = JSON.parse(comparisonJson(compared, "1.2.3", Date.UTC(2026, 0, 4)));
  expect(read).toMatchObject({
    format: "streamscope-comparison",
    version: 1,
    app: { name: "Streamscope", version: "1.2.3" },
    exportedAt: "2026-01-04T00:00:00.000Z",
    startedAt: "2026-01-02T00:00:00.000Z",
    model: { name: "tiny", checksum: "ab".repeat(32), engine: { backend: "reference" } },
    endpoint: { address: "http://127.0.0.1:8000", server: testInfo.server, model: testInfo.model },
    counts: { compared: 2, sameFirst: 1, sameSet: 1, sameOrder: 1, unanswered: 1 },
    unanswered: [{ number: 3, fault: "timed-out", time: "2026-01-03T00:00:00.000Z" }],
  });
  expect(read.frames).toHaveLength(2);
  expect(read.frames[1]).toMatchObject({
    number: 2,
    source: '=cmd|"x", panda.jpg',
    emulator: { top: [{ index: 5, logit: 100, label: 'class "5"' }, {}, {}], runMs: 40 },
    endpoint: { top: [4, 5, 1], latency: { totalMs: 12 }, parameters: { batch_size: 1 } },
    agreement: { sameFirst: false, sameSet: false, sameOrder: false },
  });
  expect(read.frames[0]).not.toHaveProperty("input");
});
