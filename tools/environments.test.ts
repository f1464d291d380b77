import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { endpoint, training } from "./environments.mjs";

/** As package indexes compare names. */
const normal = (name: string) => name.toLowerCase().replaceAll(/[-_.]+/g, "-");
const read = (folder: string, name: string) => readFileSync(join(folder, name), "utf8");

const pins = read(training.folder, "constraints.txt")
  .split("\n")
  .filter((line) => /^\w/.test(line))
  .map((line) => normal(/^[\w.-]+/.exec(line)![0]));

/** The names in the lists of a pyproject.toml: what is needed, and what its tests need. */
function needsOf(folder: string, lists: string[]): string[] {
  const project = read(folder, "pyproject.toml");
  return lists.flatMap((list) => {
    const [, body = ""] = new RegExp(`^${list} = \\[(.*?)\\]$`, "ms").exec(project) ?? [];
    return Array.from(body.matchAll(/"([\w.-]+)/g), ([, name]) => normal(name!));
  });
}

test.each([endpoint, training])("what says what to install for $name is there", ({ folder, sources }) => {
  for (const source of sources) expect(existsSync(join(folder, source)), source).toBe(true);
});

test("pip looks for no dependencies for training, so its constraints name every one", () => {
  const needs = [
    ...needsOf(training.folder, ["requires", "dependencies", "test"]),
    ...needsOf(endpoint.folder, ["dependencies"]),
  ];
  expect(needs).toEqual(expect.arrayContaining(["hatchling", "torch", "pytest", "starlette"]));
  expect(needs.filter((name) => !pins.includes(name))).toEqual([]);
});

test("nothing of CUDA is installed", () => {
  expect(pins.filter((name) => /nvidia|cuda|triton/.test(name))).toEqual([]);
});
