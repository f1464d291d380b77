import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { buildFolder } from "./build-folder";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "streamscope-"));
  await mkdir(join(folder, "report"));
  await writeFile(join(folder, "report", "a.json"), "{}");
});
afterEach(() => rm(folder, { recursive: true }));

const record = (content: unknown) =>
  writeFile(join(folder, "streamscope_build.json"), JSON.stringify(content));
const ours = { format: "streamscope-build", files: ["report/a.json", "b.json", "streamscope_build.json"] };

test("a folder with no more than the record lists may be replaced", async () => {
  await record(ours);
  expect((await buildFolder.earlierFiles(folder))?.toSorted()).toEqual([
    "report/a.json",
    "streamscope_build.json",
  ]);
});

test("what a killed run left does not count", async () => {
  await record(ours);
  await mkdir(join(folder, ".streamscope-partial-7"));
  await writeFile(join(folder, ".streamscope-partial-7", "a.json"), "{");
  expect(await buildFolder.earlierFiles(folder)).toHaveLength(2);
});

test.each([
  { what: "no record", make: async () => {} },
  { what: "a record of something else", make: () => record({ format: "other", files: ours.files }) },
  { what: "a damaged record", make: () => writeFile(join(folder, "streamscope_build.json"), "{") },
  { what: "a file more", make: () => record({ ...ours, files: ["streamscope_build.json"] }) },
])("a folder with $what may not", async ({ make }) => {
  await make();
  expect(await buildFolder.earlierFiles(folder)).toBeNull();
});
