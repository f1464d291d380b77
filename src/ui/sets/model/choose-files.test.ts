import { expect, test } from "vitest";
import { badRecord, doneRecord } from "../testing/fake-run";
import { chooseFiles, type FileFilter } from "./choose-files";

const records = new Map(
  [
    doneRecord("Same", [1, 2, 3], [1, 2, 3]),
    doneRecord("order", [1, 2, 3], [1, 3, 2]),
    doneRecord("first", [1, 2, 3], [2, 1, 3]),
    doneRecord("set", [1, 2, 3], [1, 2, 4]),
    doneRecord("alone", [2, 1, 3]),
    badRecord("broken", "broken"),
  ].map((record) => [record.path, record]),
);
const labels = new Map([...records.keys()].map((path) => [path, 1]));
const paths = (filter: FileFilter, text = "") =>
  chooseFiles(records, labels, { filter, text }).map(({ path }) => path);

test("each filter lists what its name says", () => {
  expect(paths("all")).toEqual(["Same", "order", "first", "set", "alone", "broken"]);
  expect(paths("problems")).toEqual(["broken"]);
  expect(paths("other-first")).toEqual(["first"]);
  expect(paths("other-set")).toEqual(["set"]);
  expect(paths("other-order")).toEqual(["order", "first", "set"]);
  expect(paths("wrong-emulator")).toEqual(["alone"]);
  expect(paths("wrong-endpoint")).toEqual(["first"]);
  expect(chooseFiles(records, new Map(), { filter: "wrong-emulator", text: "" })).toEqual([]);
});

test("text narrows by path, in any case", () => {
  expect(paths("all", " SAME")).toEqual(["Same"]);
  expect(paths("problems", "same")).toEqual([]);
});
