import { expect, test } from "vitest";
import { tinyGraph } from "../testing/tiny-graph";
import { readLabels, relabelled } from "./labels";
import { readManifest, readPackage } from "./read";
import { writePackage } from "./write";

const files = writePackage(tinyGraph(), { compiler: "test" });

test.each([
  ["a\nb\nc\n", ["a", "b", "c"]],
  ["\uFEFFa\r\nb\r\nc", ["a", "b", "c"]],
  ["a\n\nc", ["a", "", "c"]],
  ["", []],
])("%j holds the names %j", (text, names) => {
  expect(readLabels(text)).toEqual(names);
});

test("names given afterwards make the package that has them from the start", () => {
  const labels = ["a", "b", "c"];
  const named = relabelled(files.manifest, labels);
  expect(named).toBe(writePackage(tinyGraph(), { compiler: "test", labels }).manifest);
  expect(readPackage(readManifest(named), files.binary).labels).toEqual(labels);
  expect(relabelled(named, null)).toBe(files.manifest);
});

test("as many names as classes, or none", () => {
  expect(() => relabelled(files.manifest, ["a", "b"])).toThrow(/2 lines, but the network has 3 classes/);
});
