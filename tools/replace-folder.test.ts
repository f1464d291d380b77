import { mkdirSync, writeFileSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isSettled, markOf, replaceFolder, settle } from "./replace-folder.mjs";

let root: string;
let folder: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "streamscope-"));
  folder = join(root, ".venv");
});
afterEach(() => rm(root, { recursive: true }));

function fill(place: string, text: string, mark?: string) {
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, "text"), text);
  if (mark !== undefined) writeFileSync(join(place, "installed"), mark);
}

const text = () => readFile(join(folder, "text"), "utf8");
const former = () => join(root, ".former", ".venv");

/** Only the folder is there. */
async function expectSettled() {
  expect(isSettled(folder)).toBe(true);
  expect(await readdir(root)).toEqual([".venv"]);
}

test("the new one is made at its place, where nothing is, and the former one goes", async () => {
  fill(folder, "old", "1");
  writeFileSync(join(folder, "more"), "");
  replaceFolder(folder, () => {
    fill(folder, "new");
    return "2";
  });
  expect(await readdir(folder)).toEqual(["installed", "text"]);
  expect([await text(), markOf(folder)]).toEqual(["new", "2"]);
  await expectSettled();
});

test("if it cannot be made, the former one is as it was", async () => {
  fill(folder, "old", "1");
  const make = () => {
    fill(folder, "half");
    throw new Error("No network.");
  };
  expect(() => replaceFolder(folder, make)).toThrow("No network.");
  expect([await text(), markOf(folder)]).toEqual(["old", "1"]);
  await expectSettled();
});

test("one that was never whole is not kept", async () => {
  fill(folder, "half");
  const make = () => {
    expect(isSettled(folder)).toBe(true);
    throw new Error("No network.");
  };
  expect(() => replaceFolder(folder, make)).toThrow("No network.");
  expect(await readdir(root)).toEqual([]);
});

test.each([
  { when: "before anything new was there", left: () => {}, stays: ["old", "1"] },
  { when: "before the new one was whole", left: () => fill(folder, "half"), stays: ["old", "1"] },
  { when: "while its mark was written", left: () => fill(folder, "half", ""), stays: ["old", "1"] },
  { when: "when the new one was whole", left: () => fill(folder, "new", "2"), stays: ["new", "2"] },
])("of a replacement that was killed $when the $stays.0 one stays", async ({ left, stays }) => {
  fill(former(), "old", "1");
  left();
  expect(isSettled(folder)).toBe(false);
  settle(folder);
  expect([await text(), markOf(folder)]).toEqual(stays);
  await expectSettled();
});

test("a former one that was killed in going does not come back", async () => {
  fill(former(), "half of the old");
  settle(folder);
  expect(await readdir(root)).toEqual([]);
});
