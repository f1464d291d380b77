import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { replaceFiles } from "./replace-files";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "streamscope-"));
  await writeFile(join(root, "old.txt"), "old");
});
afterEach(() => rm(root, { recursive: true }));

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (path: string) => readFile(join(root, path), "utf8");
const all = async () => (await readdir(root, { recursive: true })).sort();

test("files are replaced and made, and nothing else is left", async () => {
  await replaceFiles(
    root,
    new Map([
      ["old.txt", bytes("new")],
      ["made.txt", bytes("made")],
    ]),
  );
  expect([await read("old.txt"), await read("made.txt")]).toEqual(["new", "made"]);
  expect(await all()).toEqual(["made.txt", "old.txt"]);
});

test("if one can not be put in place, all are as they were", async () => {
  await mkdir(join(root, "folder"));
  await writeFile(join(root, "folder", "inside.txt"), "mine");
  const before = await all();
  const files = new Map([
    ["old.txt", bytes("new")],
    ["made.txt", bytes("made")],
    ["folder", bytes("no file can be here")],
  ]);
  await expect(replaceFiles(root, files)).rejects.toMatchObject({ path: join(root, "folder") });
  expect(await read("old.txt")).toBe("old");
  expect(await all()).toEqual(before);
});

test("if the disk does not take one, none is put in place", async () => {
  const files = new Map([
    ["old.txt", bytes("new")],
    ["nowhere/made.txt", bytes("made")],
  ]);
  await expect(replaceFiles(root, files)).rejects.toMatchObject({ code: "ENOENT" });
  expect(await read("old.txt")).toBe("old");
  expect(await all()).toEqual(["old.txt"]);
});
