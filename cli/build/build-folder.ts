import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import * as v from "valibot";
import { type FolderKind, type OutputFiles, staging, writeOutputFolder } from "../output-folder";
import type { BuildRecord } from "./build-record";
import { json } from "./report-files";

/** Says that a folder is a build of ours, and what belongs to it. */
const recordFile = "streamscope_build.json";
const buildFormat = "streamscope-build";

const recordSchema = v.object({ format: v.literal(buildFormat), files: v.array(v.string()) });

/** A folder in which every file was written by an earlier build. One of FINN's is none. */
export const buildFolder: FolderKind = { what: "earlier build", earlierFiles };

/** Writes the files, and beside them the record of the build, which lists them. */
export function writeBuildFolder(folder: string, files: OutputFiles, record: BuildRecord): Promise<void> {
  const listed = { format: buildFormat, files: [...files.keys(), recordFile], ...record };
  return writeOutputFolder(folder, new Map([...files, [recordFile, json(listed)]]), buildFolder);
}

async function earlierFiles(folder: string): Promise<readonly string[] | null> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const there = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((file) => !file.startsWith(staging));
  const listed = await readListed(join(folder, recordFile));
  return listed && there.every((file) => listed.includes(file)) ? there : null;
}

async function readListed(file: string): Promise<readonly string[] | null> {
  try {
    const record = v.safeParse(recordSchema, JSON.parse(await readFile(file, "utf8")));
    return record.success ? record.output.files : null;
  } catch {
    return null;
  }
}
