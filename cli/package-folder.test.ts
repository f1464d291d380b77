import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writePackage } from "../src/graph/package/write";
import { tinyGraph } from "../src/graph/testing/tiny-graph";
import { checkOutputFolder } from "./output-folder";
import { packageFolder, writePackageFolder } from "./package-folder";

const files = writePackage(tinyGraph(), { compiler: "test" });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "streamscope-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("writes both files, and other files beside a package stay", async () => {
  await writePackageFolder(folder, files);
  await writeFile(join(folder, "README.md"), "a model card");
  await writePackageFolder(folder, files);
  expect((await readdir(folder)).sort()).toEqual(["README.md", "manifest.json", "weights.bin"]);
  expect(await readFile(join(folder, "manifest.json"), "utf8")).toBe(files.manifest);
  expect(new Uint8Array(await readFile(join(folder, "weights.bin")))).toEqual(files.binary);
});

test.each([
  { what: "another file", name: "notes.txt", content: "mine" },
  { what: "a manifest of something else", name: "manifest.json", content: '{"name":"an app"}' },
  { what: "a manifest that is no JSON", name: "manifest.json", content: "{" },
])("a folder with $what is refused", async ({ name, content }) => {
  await writeFile(join(folder, name), content);
  await expect(checkOutputFolder(folder, packageFolder)).rejects.toMatchObject({ code: "bad-input" });
});

test("a file is no folder", async () => {
  await writeFile(join(folder, "file"), "");
  await expect(checkOutputFolder(join(folder, "file"), packageFolder)).rejects.toMatchObject({
    code: "ENOTDIR",
  });
});

test("a failure leaves the old package whole, and no half-written file", async () => {
  await writePackageFolder(folder, files);
  // A folder where the new weights are to be renamed to makes that fail, for any user.
  await rm(join(folder, "weights.bin"));
  await mkdir(join(folder, "weights.bin", "in the way"), { recursive: true });
  await expect(writePackageFolder(folder, { ...files, manifest: "new" })).rejects.toThrow();
  expect((await readdir(folder)).sort()).toEqual(["manifest.json", "weights.bin"]);
  expect(await readFile(join(folder, "manifest.json"), "utf8")).toBe(files.manifest);
});
