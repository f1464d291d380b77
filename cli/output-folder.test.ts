import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { checkOutputFolder, type FolderKind, writeOutputFolder } from "./output-folder";

/** Folders with a file "mine"; of them a and b/c may be replaced. */
const kind: FolderKind = {
  what: "test output",
  earlierFiles: async (folder) => ((await readdir(folder)).includes("mine") ? ["a", "b/c", "mine"] : null),
};
const files = new Map<string, string | Uint8Array>([
  ["a", "first"],
  ["b/c", new Uint8Array([1, 2])],
  ["mine", ""],
]);
/** "a" can not be both a file and a folder: writing fails after the first file. */
const impossible = new Map([...files, ["a/d", "no"]]);

let root: string;
let folder: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "streamscope-"));
  folder = join(root, "new", "out");
});
afterEach(() => rm(root, { recursive: true }));

const tree = async (top: string) => (await readdir(top, { recursive: true })).sort();

test("writes files and folders into a new folder, and nothing else", async () => {
  await checkOutputFolder(folder, kind);
  expect(await tree(root)).toEqual([]);
  await writeOutputFolder(folder, files, kind);
  expect(await tree(folder)).toEqual(["a", "b", "b/c", "mine"]);
  expect(await readFile(join(folder, "a"), "utf8")).toBe("first");
  expect([...(await readFile(join(folder, "b/c")))]).toEqual([1, 2]);
});

test("an empty folder, and one that a killed run left, are taken", async () => {
  await mkdir(join(folder, ".streamscope-partial-1"), { recursive: true });
  await checkOutputFolder(folder, kind);
  await writeOutputFolder(folder, files, kind);
  expect(await tree(folder)).toEqual(["a", "b", "b/c", "mine"]);
});

test("an earlier output is replaced, what is not written again goes, other files stay", async () => {
  await writeOutputFolder(folder, files, kind);
  await writeFile(join(folder, "notes"), "");
  await writeOutputFolder(folder, new Map([["a", "second"]]), kind);
  expect(await readFile(join(folder, "a"), "utf8")).toBe("second");
  expect(await tree(folder)).toEqual(["a", "b", "notes"]);
});

test("nested folders that are missing are made, and a failure takes all of them away again", async () => {
  const nested = join(root, "a", "b", "c");
  await expect(writeOutputFolder(nested, impossible, kind)).rejects.toMatchObject({ path: nested });
  expect(await tree(root)).toEqual([]);
  await writeOutputFolder(nested, new Map([["d/e/f", "deep"]]), kind);
  expect(await readFile(join(nested, "d/e/f"), "utf8")).toBe("deep");
});

test("a folder that leads nowhere is refused", async () => {
  await symlink(join(root, "gone"), join(root, "link"));
  await expect(writeOutputFolder(join(root, "link"), files, kind)).rejects.toMatchObject({ code: "ENOENT" });
  expect(await tree(root)).toEqual(["link"]);
});

describe("a failure", () => {
  test("leaves neither files nor the folders it made", async () => {
    await expect(writeOutputFolder(folder, impossible, kind)).rejects.toMatchObject({ path: folder });
    expect(await tree(root)).toEqual([]);
  });

  test("leaves a folder empty that was", async () => {
    await mkdir(folder, { recursive: true });
    await expect(writeOutputFolder(folder, impossible, kind)).rejects.toThrow();
    expect(await tree(root)).toEqual(["new", "new/out"]);
  });

  test("leaves the earlier output as it was", async () => {
    await writeOutputFolder(folder, files, kind);
    await expect(
      writeOutputFolder(folder, new Map([...impossible, ["a", "second"]]), kind),
    ).rejects.toThrow();
    expect(await tree(folder)).toEqual(["a", "b", "b/c", "mine"]);
    expect(await readFile(join(folder, "a"), "utf8")).toBe("first");
  });
});

// Root may write everywhere.
test.skipIf(process.getuid?.() === 0)("a folder that may not be written to is refused", async () => {
  await mkdir(join(root, "new"), { mode: 0o500 });
  const refused = { code: "EACCES", path: join(root, "new") };
  await expect(checkOutputFolder(folder, kind)).rejects.toMatchObject(refused);
  await expect(checkOutputFolder(join(root, "new"), kind)).rejects.toMatchObject(refused);
});

test("folders with other files, and paths through a file, are refused before and when writing", async () => {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "notes"), "");
  for (const attempt of [
    () => checkOutputFolder(folder, kind),
    () => writeOutputFolder(folder, files, kind),
  ]) {
    await expect(attempt()).rejects.toThrow(`${folder} holds other files and no test output.`);
  }
  for (const path of [join(folder, "notes"), join(folder, "notes", "deeper")]) {
    await expect(checkOutputFolder(path, kind)).rejects.toMatchObject({ code: "ENOTDIR" });
    await expect(writeOutputFolder(path, files, kind)).rejects.toMatchObject({ code: "ENOTDIR" });
  }
  expect(await tree(root)).toEqual(["new", "new/out", "new/out/notes"]);
});
