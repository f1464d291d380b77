import { expect, test } from "vitest";
import { doneRecord } from "../testing/fake-run";
import { readRecord } from "./record";

test("a record is read back as it was, and one from before inputs had a SHA-256 too", () => {
  const record = doneRecord("a.jpg", [1, 2, 3, 4, 5], [1, 2, 3, 5, 4]);
  expect(readRecord(structuredClone(record))).toEqual(record);
  const { inputSha256: _, ...older } = record;
  expect(readRecord(older)).toEqual({ ...record, inputSha256: null });
});

test("what is no record is none", () => {
  expect(readRecord(null)).toBeNull();
  expect(readRecord({ ...doneRecord("a.jpg", [1]), status: "lost" })).toBeNull();
});
